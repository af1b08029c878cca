SELECT count() AS conversations,
  sum(v_handed * v_reached) AS s0,
  sum(v_reached) AS s1,
  sum(v_handed * v_picked * v_reached) AS s2
FROM (SELECT (bitTest(facts, 9)) AS v_handed, (bitAnd(facts, 12) = 12) AS v_reached, (bitTest(facts, 12)) AS v_picked
FROM conversations FINAL
WHERE workspace_id = {p1:UInt32} AND day BETWEEN {p2:Date} AND {p3:Date} AND started_s >= {p4:UInt32} AND started_s < {p5:UInt32} AND bitAnd(facts, 1073741824) = 0 AND NOT (country IN {p6:Array(String)}))
LIMIT 20003
SETTINGS short_circuit_function_evaluation = 'disable', compile_expressions = 0, optimize_and_compare_chain = 0, optimize_syntax_fuse_functions = 0
-- p1 UInt32 = 1
-- p2 Date = "2026-03-01"
-- p3 Date = "2026-03-31"
-- p4 UInt32 = 1772323200
-- p5 UInt32 = 1775001600
-- p6 Array(String) = ["DE","","unknown"]
