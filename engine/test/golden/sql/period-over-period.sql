SELECT v_period AS period, count() AS conversations,
  sum(v_eligible * v_matured * v_resolved) AS s0,
  sum(v_eligible * v_matured) AS s1,
  sum(v_eligible) AS s2,
  sum(v_matured * v_reached * v_support) AS s3,
  sum(v_reached * v_support) AS s4,
  sum(v_contact * v_matured * v_support) AS s5,
  sum(v_contact * v_support) AS s6,
  sum((1 - v_human) * v_matured * v_reached * v_support) AS s7,
  sum((1 - v_returned) * v_eligible * v_matured * v_resolved) AS s8,
  sum(v_bot_only * v_rated_positive) AS s9,
  sum(v_bot_only * v_rated) AS s10, max(v_flow_code) AS flow_code
FROM (SELECT toUInt8(started_s < {p1:UInt32}) AS v_period, (bitAnd(facts, 12) = 12) AS v_reached, (CAST(transform(flow, {p2:Array(String)}, {p3:Array(UInt16)},
  toUInt16(65535)), 'UInt16')) AS v_flow_code, (CAST(transform(intent, {p4:Array(String)}, {p5:Array(UInt8)},
  toUInt8(128)), 'UInt8')) AS v_intent_class, (toUInt8(CAST(job, 'Int8') + (CAST(job, 'Int8') = 0) * (bitAnd(v_flow_code, 7) + (bitAnd(v_flow_code, 7) = 0) * bitAnd(v_intent_class, 1)))) AS v_job,
  (v_job = 1) AS v_support, (v_reached AND v_support AND bitAnd(v_intent_class, 6) = 2) AS v_eligible,
  (ended_s <= {p6:Int64} - v_period * {p7:Int64}) AS v_matured, (v_reached AND bitTest(facts, 4)) AS v_handled, (transform(csat_scale, {p8:Array(UInt8)}, {p9:Array(UInt16)},
  toUInt16(65535))) AS v_csat_floor,
  (csat_score >= v_csat_floor) AS v_rated_positive,
  (csat_scale > 0 AND v_csat_floor = 65535) AS v_rated_unlisted, (v_handled AND bitAnd(facts, 34304) = 32768 AND (bitTest(facts, 13) OR bitTest(facts, 14) AND v_rated_positive OR bitTest(facts, 44) AND v_rated_unlisted)) AS v_confirmed,
  (v_csat_floor < 65535) AS v_rated, (v_handled AND NOT v_confirmed AND bitAnd(facts, 198432) = 32 AND (NOT v_rated OR v_rated_positive)) AS v_assumable,
  (return_s > 0 AND return_s <= {p10:UInt32} AND ended_s + return_s <= {p11:UInt32}) AS v_returned,
  (v_assumable AND NOT v_returned AND v_matured) AS v_assumed,
  (v_confirmed OR v_assumed) AS v_resolved, (bitAnd(facts, 2052) != 0) AS v_contact, (bitTest(facts, 10)) AS v_human,
  (handled_by = 'bot') AS v_bot_only
FROM conversations FINAL
WHERE workspace_id = {p12:UInt32} AND (day BETWEEN {p13:Date} AND {p14:Date} OR day BETWEEN {p15:Date} AND {p16:Date}) AND (started_s >= {p1:UInt32} AND started_s < {p17:UInt32} OR started_s >= {p18:UInt32} AND started_s < {p1:UInt32}) AND bitAnd(facts, 1073741824) = 0)
GROUP BY v_period
LIMIT 20003
SETTINGS short_circuit_function_evaluation = 'disable', compile_expressions = 0, optimize_and_compare_chain = 0, optimize_syntax_fuse_functions = 0
-- p1 UInt32 = 1772323200
-- p2 Array(String) = ["","faq"]
-- p3 Array(UInt16) = [0,137]
-- p4 Array(String) = ["","order_status","delivery_window","shipping_cost","return_policy","refund_status","business_hours","store_location","…
-- p5 Array(UInt8) = [0,19,3,3,35,3,3,3,3,3,3,3,3,1,1,1,1,1,1,1,1,1,1,1]
-- p6 Int64 = 1773705600
-- p7 Int64 = 2419200
-- p8 Array(UInt8) = [2,3,5,7,10,100]
-- p9 Array(UInt16) = [200,300,400,600,800,8000]
-- p10 UInt32 = 259200
-- p11 UInt32 = 1773964800
-- p12 UInt32 = 1
-- p13 Date = "2026-03-01"
-- p14 Date = "2026-03-31"
-- p15 Date = "2026-02-01"
-- p16 Date = "2026-02-28"
-- p17 UInt32 = 1775001600
-- p18 UInt32 = 1769904000
