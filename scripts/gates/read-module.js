import { parseSync } from 'vite';

/**
 * @typedef {{ specifier: string, line: number }} Import
 * @typedef {{ name: 'process.env' | 'Date.now' | 'new Date()' | 'Math.random', line: number }} Effect
 * @typedef {{ imports: Import[], effects: Effect[], computed: number[], forgotten: number[], isBarrel: boolean, faults: string[] }} Module
 * @typedef {{ type: string, start: number, [key: string]: unknown }} Node
 */

/** @type {Record<string, Record<string, Effect['name']>>} */
const EFFECTS = {
  process: { env: 'process.env' },
  Date: { now: 'Date.now' },
  Math: { random: 'Math.random' },
};

/** @param {unknown} value @returns {value is Node} */
function isNode(value) {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** @param {unknown} node @returns {string | undefined} */
function nameOf(node) {
  if (!isNode(node)) return undefined;
  if (node.type === 'Identifier') return String(node.name);
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value;
  // globalThis.process.env is process.env.
  return node.type === 'MemberExpression' ? nameOf(node.property) : undefined;
}

/** @param {unknown} node @returns {string | undefined} */
function textOf(node) {
  if (!isNode(node)) return undefined;
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node.type === 'TSLiteralType') return textOf(node.literal);
  return undefined;
}

/** @param {Node} node */
function isRequire(node) {
  if (node.type !== 'CallExpression') return false;
  const callee = node.callee;
  if (!isNode(callee)) return false;
  return (
    nameOf(callee) === 'require' ||
    (callee.type === 'MemberExpression' && nameOf(callee.object) === 'require')
  );
}

/**
 * The expression or type that names the module a node loads; undefined when the node loads none.
 * @param {Node} node
 */
function loaded(node) {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
    case 'ExportNamedDeclaration':
    case 'ImportExpression':
    case 'TSImportType':
      return node.source ?? node.argument;
    case 'TSExternalModuleReference':
      return node.expression;
    default:
      return isRequire(node) ? /** @type {unknown[]} */ (node.arguments)[0] : undefined;
  }
}

/** @param {Node} node @returns {Effect['name'][]} */
function effectsOf(node) {
  if (node.type === 'MemberExpression') {
    const found = EFFECTS[nameOf(node.object) ?? '']?.[nameOf(node.property) ?? ''];
    return found ? [found] : [];
  }
  const takesNow = node.type === 'NewExpression' || node.type === 'CallExpression';
  if (
    takesNow &&
    isNode(node.callee) &&
    node.callee.type === 'Identifier' &&
    nameOf(node.callee) === 'Date'
  ) {
    const isBare = node.type === 'CallExpression' || /** @type {unknown[]} */ (node.arguments).length === 0;
    return isBare ? ['new Date()'] : [];
  }
  if (node.type === 'VariableDeclarator' && isNode(node.id) && node.id.type === 'ObjectPattern') {
    const known = EFFECTS[nameOf(node.init) ?? ''];
    if (!known) return [];
    return /** @type {Node[]} */ (node.id.properties).flatMap(
      (property) => known[nameOf(property.key) ?? ''] ?? [],
    );
  }
  return [];
}

/** A query of drizzle's is lazy: it runs when awaited. Each begins and goes on with these. */
const QUERIES = [
  ['insert', 'values'],
  ['update', 'set'],
  ['delete', 'where'],
  ['select', 'from'],
];

/**
 * A query as a statement of its own: nothing awaits it, so it never runs. Biome's rule for floating promises
 * does not see it, for a query is no promise, only like one.
 * @param {Node} node
 */
function isForgottenQuery(node) {
  if (node.type !== 'ExpressionStatement') return false;
  const called = new Set();
  for (let at = node.expression; isNode(at) && at.type === 'CallExpression'; ) {
    const callee = at.callee;
    if (!isNode(callee) || callee.type !== 'MemberExpression') break;
    called.add(nameOf(callee.property));
    at = callee.object;
  }
  return QUERIES.some((methods) => methods.every((method) => called.has(method)));
}

/**
 * What a module imports (types too) and which effects it reaches for, from its syntax tree. TypeScript 7 has
 * no JavaScript compiler API, and tools built on the old one pass by reading nothing.
 * @param {string} path @param {string} source @returns {Module}
 */
export function readModule(path, source) {
  const parsed = parseSync(path, source);
  /** @type {Module} */
  const module = { imports: [], effects: [], computed: [], forgotten: [], isBarrel: false, faults: [] };
  module.faults.push(...parsed.errors.map((error) => `cannot be parsed: ${error.message}`));
  const lineOf = (/** @type {Node} */ node) => source.slice(0, node.start).split('\n').length;
  const visit = (/** @type {unknown} */ value) => {
    if (Array.isArray(value)) for (const item of value) visit(item);
    if (!isNode(value)) return;
    const source = loaded(value);
    if (source) {
      const specifier = textOf(source);
      if (specifier === undefined) module.computed.push(lineOf(value));
      else module.imports.push({ specifier, line: lineOf(value) });
    }
    if (isForgottenQuery(value)) module.forgotten.push(lineOf(value));
    for (const name of effectsOf(value)) module.effects.push({ name, line: lineOf(value) });
    for (const child of Object.values(value)) if (typeof child === 'object') visit(child);
  };
  const body = /** @type {unknown[]} */ (/** @type {unknown} */ (parsed.program.body)).filter(isNode);
  visit(body);
  module.isBarrel = body.length > 1 && body.every((node) => node.type.startsWith('Export') && node.source);
  return module;
}
