SELECT count() AS conversations,
  sum((v_opened * (1 - v_goal) * (1 - v_trapped) * v_left_empty)) AS s0,
  sum(v_opened) AS s1, max(v_flow_job) AS flow_code
FROM (SELECT (bitAnd(facts, 3) != 0) AS v_opened, (bitAnd(facts, 12) = 12) AS v_reached, (v_reached AND bitTest(facts, 4)) AS v_handled, (transform(csat_scale, {p1:Array(UInt8)}, {p2:Array(UInt16)},
  toUInt16(65535))) AS v_csat_floor,
  (csat_score >= v_csat_floor) AS v_rated_positive, (v_handled AND bitAnd(facts, 34304) = 32768 AND (bitTest(facts, 13) OR bitTest(facts, 14) AND v_rated_positive)) AS v_confirmed,
  (v_csat_floor < 65535) AS v_rated, (v_handled AND NOT v_confirmed AND bitAnd(facts, 198432) = 32 AND (NOT v_rated OR v_rated_positive)) AS v_assumable,
  (return_s > 0 AND return_s <= {p3:UInt32} AND ended_s + return_s <= {p4:UInt32}) AS v_returned,
  (ended_s <= {p5:UInt32}) AS v_matured,
  (v_assumable AND NOT v_returned AND v_matured) AS v_assumed,
  (v_confirmed OR v_assumed) AS v_resolved, (transform(flow, {p6:Array(String)}, {p7:Array(UInt8)},
  toUInt8(0))) AS v_goal_kind, (has(goals, transform(flow, {p6:Array(String)}, {p8:Array(String)}, '')) OR (v_goal_kind = 1 AND v_resolved)) AS v_goal, (bitTest(facts, 33)) AS v_trapped, (bitAnd(facts, 549756864032) = 0) AS v_left_empty, (transform(flow, {p6:Array(String)}, {p7:Array(UInt8)},
  toUInt8(255))) AS v_flow_job, (transform(intent, {p9:Array(String)}, {p10:Array(UInt8)},
  toUInt8(0))) AS v_intent_class, (toUInt8(CAST(job, 'Int8') + (CAST(job, 'Int8') = 0) * (v_flow_job * (v_flow_job != 255) + (v_flow_job * (v_flow_job != 255) = 0) * bitAnd(v_intent_class, 1)))) AS v_job
FROM conversations FINAL
WHERE workspace_id = {p11:UInt32} AND day BETWEEN {p12:Date} AND {p13:Date} AND started_s >= {p14:UInt32} AND started_s < {p15:UInt32} AND bitAnd(facts, 1073741824) = 0 AND has({p16:Array(UInt8)},
  v_job))
LIMIT 20003
SETTINGS short_circuit_function_evaluation = 'disable', compile_expressions = 0
-- p1 Array(UInt8) = [2,3,5,7,10,100]
-- p2 Array(UInt16) = [200,300,400,600,800,8000]
-- p3 UInt32 = 259200
-- p4 UInt32 = 1780272000
-- p5 UInt32 = 1780012800
-- p6 Array(String) = ["","faq"]
-- p7 Array(UInt8) = [0,1]
-- p8 Array(String) = ["","issue_answered"]
-- p9 Array(String) = ["order_status","delivery_window","shipping_cost","return_policy","refund_status","business_hours","store_location","pay…
-- p10 Array(UInt8) = [3,3,3,3,3,3,3,3,3,3,3,3,1,1,1,1,1,1,1,1,1,1,1]
-- p11 UInt32 = 1
-- p12 Date = "2026-03-01"
-- p13 Date = "2026-03-31"
-- p14 UInt32 = 1772323200
-- p15 UInt32 = 1775001600
-- p16 Array(UInt8) = [1]
