SELECT v_cell AS cell,
  any(v_cut0) AS cut0, count() AS conversations,
  sum(v_eligible * v_matured * v_resolved) AS s0,
  sum(v_eligible * v_matured) AS s1,
  sum(v_eligible) AS s2,
  sum(v_matured * v_reached * v_support) AS s3,
  sum(v_reached * v_support) AS s4,
  sum(v_contact * v_matured * v_support) AS s5,
  sum(v_contact * v_support) AS s6,
  sum((1 - v_human) * v_matured * v_reached * v_support) AS s7,
  sum((1 - v_returned) * v_eligible * v_matured * v_resolved) AS s8,
  sum(v_handed * v_reached) AS s9,
  sum(v_reached) AS s10,
  sum(v_handed * v_picked * v_reached) AS s11,
  sum(v_bot_only * v_rated_positive) AS s12,
  sum(v_bot_only * v_rated) AS s13, max(v_flow_code) AS flow_code
FROM (SELECT (bitAnd(facts, 12) = 12) AS v_reached, (CAST(transform(flow, {p1:Array(String)}, {p2:Array(UInt16)},
  toUInt16(65535)), 'UInt16')) AS v_flow_code, (CAST(transform(intent, {p3:Array(String)}, {p4:Array(UInt8)},
  toUInt8(128)), 'UInt8')) AS v_intent_class, (toUInt8(CAST(job, 'Int8') + (CAST(job, 'Int8') = 0) * (bitAnd(v_flow_code, 7) + (bitAnd(v_flow_code, 7) = 0) * bitAnd(v_intent_class, 1)))) AS v_job,
  (v_job = 1) AS v_support, (v_reached AND v_support AND bitAnd(v_intent_class, 6) = 2) AS v_eligible,
  (ended_s <= {p5:UInt32}) AS v_matured, (v_reached AND bitTest(facts, 4)) AS v_handled, (transform(csat_scale, {p6:Array(UInt8)}, {p7:Array(UInt16)},
  toUInt16(65535))) AS v_csat_floor,
  (csat_score >= v_csat_floor) AS v_rated_positive,
  (csat_scale > 0 AND v_csat_floor = 65535) AS v_rated_unlisted, (v_handled AND bitAnd(facts, 34304) = 32768 AND (bitTest(facts, 13) OR bitTest(facts, 14) AND v_rated_positive OR bitTest(facts, 44) AND v_rated_unlisted)) AS v_confirmed,
  (v_csat_floor < 65535) AS v_rated, (v_handled AND NOT v_confirmed AND bitAnd(facts, 198432) = 32 AND (NOT v_rated OR v_rated_positive)) AS v_assumable,
  (return_s > 0 AND return_s <= {p8:UInt32} AND ended_s + return_s <= {p9:UInt32}) AS v_returned,
  (v_assumable AND NOT v_returned AND v_matured) AS v_assumed,
  (v_confirmed OR v_assumed) AS v_resolved, (bitAnd(facts, 2052) != 0) AS v_contact, (bitTest(facts, 10)) AS v_human, (bitTest(facts, 9)) AS v_handed, (bitTest(facts, 12)) AS v_picked,
  (handled_by = 'bot') AS v_bot_only, intent AS v_cut0,
  toUInt64(cityHash64(v_cut0)) * 1000003 AS v_cell
FROM conversations FINAL
WHERE workspace_id = {p10:UInt32} AND day BETWEEN {p11:Date} AND {p12:Date} AND started_s >= {p13:UInt32} AND started_s < {p14:UInt32} AND bitAnd(facts, 1073741824) = 0)
GROUP BY v_cell
LIMIT 20003
SETTINGS short_circuit_function_evaluation = 'disable', compile_expressions = 0, optimize_and_compare_chain = 0, optimize_syntax_fuse_functions = 0
-- p1 Array(String) = ["","faq"]
-- p2 Array(UInt16) = [0,137]
-- p3 Array(String) = ["","order_status","delivery_window","shipping_cost","return_policy","refund_status","business_hours","store_location","…
-- p4 Array(UInt8) = [0,19,3,3,35,3,3,3,3,3,3,3,3,1,1,1,1,1,1,1,1,1,1,1]
-- p5 UInt32 = 1780012800
-- p6 Array(UInt8) = [2,3,5,7,10,100]
-- p7 Array(UInt16) = [200,300,400,600,800,8000]
-- p8 UInt32 = 259200
-- p9 UInt32 = 1780272000
-- p10 UInt32 = 1
-- p11 Date = "2026-03-01"
-- p12 Date = "2026-03-31"
-- p13 UInt32 = 1772323200
-- p14 UInt32 = 1775001600
