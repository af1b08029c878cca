SELECT grouping(v_cell) AS is_total,
  v_cell AS cell,
  any(v_cut0) AS cut0, count() AS conversations,
  sum(v_answered * v_visitor) AS s0,
  sum(v_visitor) AS s1,
  sum(v_kinds_unknown) AS without_kind, length(arraySort(groupArrayIf(ttfua_ms,
  v_visitor)) AS sorted0) AS n0, arraySlice(sorted0, toInt64(greatest(1, floor(n0 / 2 - 0.98 * sqrt(n0)) - 2)),
  6) AS low0, arraySlice(sorted0, intDiv(n0 + 1, 2),
  2) AS mid0, arraySlice(sorted0, toInt64(greatest(1, floor(n0 / 2 + 0.98 * sqrt(n0)) - 2)),
  6) AS high0
FROM (SELECT (bitTest(facts, 5)) AS v_answered, (bitTest(facts, 1)) AS v_visitor, (bitAnd(facts, 194) = 130) AS v_kinds_unknown, CAST(channel,
  'Int8') AS v_cut0,
  toUInt64(toUInt64(v_cut0)) * 1000003 AS v_cell, ttfua_ms
FROM conversations FINAL
WHERE workspace_id = {p1:UInt32} AND day BETWEEN {p2:Date} AND {p3:Date} AND started_s >= {p4:UInt32} AND started_s < {p5:UInt32} AND bitAnd(facts, 1073741824) = 0)
GROUP BY v_cell WITH ROLLUP
LIMIT 20003
SETTINGS short_circuit_function_evaluation = 'disable', compile_expressions = 0, optimize_and_compare_chain = 0, optimize_syntax_fuse_functions = 0
-- p1 UInt32 = 1
-- p2 Date = "2026-03-01"
-- p3 Date = "2026-03-31"
-- p4 UInt32 = 1772323200
-- p5 UInt32 = 1775001600
