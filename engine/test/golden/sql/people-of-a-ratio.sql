SELECT k_v_cell AS v_cell, count() AS units,
  sum(intDiv(yx, 4294967296) > 0 OR bitAnd(yx, 4294967295) > 0) AS with_amount,
  sum(bitAnd(yx, 4294967295)) AS sy,
  sum(intDiv(yx, 4294967296)) AS sx,
  sum(bitAnd(yx, 4294967295) * bitAnd(yx, 4294967295)) AS syy,
  sum(intDiv(yx, 4294967296) * bitAnd(yx, 4294967295)) AS sxy,
  sum(intDiv(yx, 4294967296) * intDiv(yx, 4294967296)) AS sxx
FROM (SELECT any(v_cell) AS k_v_cell,
  sum(n_fallback + 4294967296 * n_bot) AS yx
FROM (SELECT toInt64(started_s) + {p1:Int32} AS v_local,
  toUInt32(intDiv(v_local - {p2:Int64}, 604800)) AS v_bucket,
  toUInt64(v_bucket) AS v_cell, person, n_fallback, n_bot
FROM conversations FINAL
WHERE workspace_id = {p3:UInt32} AND day BETWEEN {p4:Date} AND {p5:Date} AND started_s >= {p6:UInt32} AND started_s < {p7:UInt32} AND bitAnd(facts, 1073741824) = 0)
GROUP BY bitXor(person,
  toUInt64(v_cell + 1) * 11400714819323198485))
GROUP BY k_v_cell
LIMIT 20003
SETTINGS short_circuit_function_evaluation = 'disable', compile_expressions = 0
-- p1 Int32 = 0
-- p2 Int64 = 1771804800
-- p3 UInt32 = 1
-- p4 Date = "2026-03-01"
-- p5 Date = "2026-03-31"
-- p6 UInt32 = 1772323200
-- p7 UInt32 = 1775001600
