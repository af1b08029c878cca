#!/usr/bin/env node
// CommonJS on purpose (bin/package.json says so). The embedded engine runs each statement on a thread of
// libuv's pool; with the default of four, a few long questions keep every insert waiting. The pool is sized
// once, when first used, and Node's module loader uses it to read an ES module: in one, this came too late.
const POOL_THREADS = 12;
if (!(Number(process.env.UV_THREADPOOL_SIZE) >= POOL_THREADS)) {
  process.env.UV_THREADPOOL_SIZE = String(POOL_THREADS);
}

const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { pathToFileURL } = require('node:url');

const main = join(__dirname, '../dist/main.js');
if (existsSync(main)) {
  // A rejection here is unhandled on purpose: Node prints it and exits with 1.
  void import(pathToFileURL(main).href);
} else {
  process.stderr.write('Botworth is not built yet: run `npm run build` in its folder, or `npm start`.\n');
  process.exitCode = 1;
}
