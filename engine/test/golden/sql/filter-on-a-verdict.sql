SELECT count() AS conversations,
  sum((v_opened * (1 - v_goal) * (1 - v_trapped) * v_left_empty)) AS s0,
  sum(v_opened) AS s1, max(v_flow_code) AS flow_code
FROM (SELECT (bitAnd(facts, 3) != 0) AS v_opened, (CAST(transform(flow, {p1:Array(String)}, {p2:Array(UInt16)},
  toUInt16(65535)), 'UInt16')) AS v_flow_code, (CAST(transform(intent, {p3:Array(String)}, {p4:Array(UInt8)},
  toUInt8(128)), 'UInt8')) AS v_intent_class, (bitAnd(facts, 12) = 12) AS v_reached, (v_reached AND bitTest(facts, 4)) AS v_handled, (transform(csat_scale, {p5:Array(UInt8)}, {p6:Array(UInt16)},
  toUInt16(65535))) AS v_csat_floor,
  (csat_score >= v_csat_floor) AS v_rated_positive,
  (csat_scale > 0 AND v_csat_floor = 65535) AS v_rated_unlisted, (v_handled AND bitAnd(facts, 34304) = 32768 AND (bitTest(facts, 13) OR bitTest(facts, 14) AND v_rated_positive OR bitTest(facts, 44) AND v_rated_unlisted)) AS v_confirmed,
  (v_csat_floor < 65535) AS v_rated, (v_handled AND NOT v_confirmed AND bitAnd(facts, 198432) = 32 AND (NOT v_rated OR v_rated_positive)) AS v_assumable,
  (return_s > 0 AND return_s <= {p7:UInt32} AND ended_s + return_s <= {p8:UInt32}) AS v_returned,
  (ended_s <= {p9:UInt32}) AS v_matured,
  (v_assumable AND NOT v_returned AND v_matured) AS v_assumed,
  (v_confirmed OR v_assumed) AS v_resolved, (has(goals, transform(flow, {p1:Array(String)}, {p10:Array(String)}, '')) OR bitAnd(v_flow_code, 8) != 0 AND v_resolved) AS v_goal, (bitTest(facts, 33) AND NOT (bitAnd(facts, 49152) = 49152 AND v_rated_positive AND (bitAnd(facts, 8796093022464) != 0 OR n_fallback >= {p11:UInt8}) OR bitTest(facts, 44) AND v_rated_unlisted AND (bitAnd(facts, 35184372089088) != 0 OR n_fallback >= {p11:UInt8}))) AS v_trapped, (bitAnd(facts, 549756864032) = 0) AS v_left_empty, (toUInt8(CAST(job, 'Int8') + (CAST(job, 'Int8') = 0) * (bitAnd(v_flow_code, 7) + (bitAnd(v_flow_code, 7) = 0) * bitAnd(v_intent_class, 1)))) AS v_job
FROM conversations FINAL
WHERE workspace_id = {p12:UInt32} AND day BETWEEN {p13:Date} AND {p14:Date} AND started_s >= {p15:UInt32} AND started_s < {p16:UInt32} AND bitAnd(facts, 1073741824) = 0 AND has({p17:Array(UInt8)},
  v_job))
LIMIT 20003
SETTINGS short_circuit_function_evaluation = 'disable', compile_expressions = 0, optimize_and_compare_chain = 0, optimize_syntax_fuse_functions = 0
-- p1 Array(String) = ["","faq"]
-- p2 Array(UInt16) = [0,137]
-- p3 Array(String) = ["","order_status","delivery_window","shipping_cost","return_policy","refund_status","business_hours","store_location","…
-- p4 Array(UInt8) = [0,19,3,3,35,3,3,3,3,3,3,3,3,1,1,1,1,1,1,1,1,1,1,1]
-- p5 Array(UInt8) = [2,3,5,7,10,100]
-- p6 Array(UInt16) = [200,300,400,600,800,8000]
-- p7 UInt32 = 259200
-- p8 UInt32 = 1780272000
-- p9 UInt32 = 1780012800
-- p10 Array(String) = ["","issue_answered"]
-- p11 UInt8 = 2
-- p12 UInt32 = 1
-- p13 Date = "2026-03-01"
-- p14 Date = "2026-03-31"
-- p15 UInt32 = 1772323200
-- p16 UInt32 = 1775001600
-- p17 Array(UInt8) = [1]
