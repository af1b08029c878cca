SELECT v_cell, is_total, count() AS units,
  sum(x > 0 OR y > 0) AS with_amount,
  sum(y) AS sy,
  sum(x) AS sx,
  sum(y * y) AS syy,
  sum(x * y) AS sxy,
  sum(x * x) AS sxx
FROM (SELECT v_cell, grouping(v_cell) AS is_total,
  sum(n_fallback) AS y,
  sum(n_bot) AS x
FROM (SELECT toInt64(started_s) + {p1:Int32} AS v_local,
  toUInt32(intDiv(v_local - {p2:Int64}, 604800)) AS v_bucket,
  toUInt64(v_bucket) AS v_cell, person, n_fallback, n_bot
FROM conversations FINAL
WHERE workspace_id = {p3:UInt32} AND day BETWEEN {p4:Date} AND {p5:Date} AND started_s >= {p6:UInt32} AND started_s < {p7:UInt32} AND bitAnd(facts, 1073741824) = 0)
GROUP BY GROUPING SETS ((v_cell, person), (person)))
GROUP BY v_cell, is_total
LIMIT 20003
SETTINGS short_circuit_function_evaluation = 'disable', compile_expressions = 0, optimize_and_compare_chain = 0, optimize_syntax_fuse_functions = 0
-- p1 Int32 = 0
-- p2 Int64 = 1771804800
-- p3 UInt32 = 1
-- p4 Date = "2026-03-01"
-- p5 Date = "2026-03-31"
-- p6 UInt32 = 1772323200
-- p7 UInt32 = 1775001600
