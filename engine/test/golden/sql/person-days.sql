SELECT v_period AS period,
  v_bucket AS bucket, count() AS shown,
  sum(v_engaged) AS engaged, uniqExact(person) AS people_shown, uniqExactIf(person,
  v_engaged) AS people_engaged, grouping(v_bucket) AS is_total
FROM (SELECT toUInt8(day < {p1:Date}) AS v_period,
  toUInt32(if(v_period = 1, intDiv(toInt64(toUInt16(day)) * 86400 - {p2:Int64}, 604800), intDiv(toInt64(toUInt16(day)) * 86400 - {p3:Int64}, 604800))) AS v_bucket, engaged_turns >= {p4:UInt16} AS v_engaged, person
FROM person_days FINAL
WHERE workspace_id = {p5:UInt32} AND ((day >= {p1:Date} AND day < {p6:Date}) OR (day >= {p7:Date} AND day < {p1:Date})) AND impressions > 0 AND test = 0)
GROUP BY GROUPING SETS ((v_period,
  v_bucket), (v_period))
LIMIT 20003
SETTINGS short_circuit_function_evaluation = 'disable', compile_expressions = 0, optimize_and_compare_chain = 0, optimize_syntax_fuse_functions = 0
-- p1 Date = "2026-03-01"
-- p2 Int64 = 1769385600
-- p3 Int64 = 1771804800
-- p4 UInt16 = 1
-- p5 UInt32 = 1
-- p6 Date = "2026-04-01"
-- p7 Date = "2026-02-01"
