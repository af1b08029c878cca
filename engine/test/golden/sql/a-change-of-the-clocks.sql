SELECT v_cell AS cell,
  any(v_bucket) AS bucket, count() AS conversations,
  sum(v_handed * v_reached) AS s0,
  sum(v_reached) AS s1,
  sum(v_handed * v_picked * v_reached) AS s2
FROM (SELECT toInt64(started_s) + {p1:Int32} + (started_s >= {p2:UInt32}) * {p1:Int32} AS v_local,
  toUInt32(intDiv(v_local - {p3:Int64}, 86400)) AS v_bucket, (bitTest(facts, 9)) AS v_handed, (bitAnd(facts, 12) = 12) AS v_reached, (bitTest(facts, 12)) AS v_picked,
  toUInt64(v_bucket) AS v_cell
FROM conversations FINAL
WHERE workspace_id = {p4:UInt32} AND day BETWEEN {p5:Date} AND {p6:Date} AND started_s >= {p7:UInt32} AND started_s < {p8:UInt32} AND bitAnd(facts, 1073741824) = 0)
GROUP BY v_cell
LIMIT 20003
SETTINGS short_circuit_function_evaluation = 'disable', compile_expressions = 0, optimize_and_compare_chain = 0, optimize_syntax_fuse_functions = 0
-- p1 Int32 = 3600
-- p2 UInt32 = 1774746000
-- p3 Int64 = 1772323200
-- p4 UInt32 = 1
-- p5 Date = "2026-02-28"
-- p6 Date = "2026-03-31"
-- p7 UInt32 = 1772319600
-- p8 UInt32 = 1774994400
