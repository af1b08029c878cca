import { prime1, prime2, prime3, prime4, prime5 } from './unit-hash.ts';

/** How many units the kernel takes at a time: their bits (8 bytes each) and weights (1 byte) fit one page of memory. */
export const kernelBlock = 4_096;
const weightsAt = kernelBlock * 8;

export type WeightsKernel = {
  readonly bits: BigUint64Array;
  readonly weights: Uint8Array;
  /** Reads bits[0 … count), writes weights[0 … count). */
  readonly fill: (seed: bigint, count: number) => void;
};

/**
 * xxHash64 and the Poisson inverse as 64-bit code. A bootstrap hashes up to twenty million times: 0.13 s this way, 0.35
 * to 0.7 s in 32-bit halves, 30 s in bigints. The tests hold it against the plain forms bit by bit.
 */
export function assembleKernel(thresholds: readonly bigint[]): WeightsKernel {
  const instance = new WebAssembly.Instance(new WebAssembly.Module(assemble(thresholds)));
  const { memory, fill } = instance.exports as {
    memory: { readonly buffer: ArrayBuffer };
    fill: WeightsKernel['fill'];
  };
  return {
    bits: new BigUint64Array(memory.buffer, 0, kernelBlock),
    weights: new Uint8Array(memory.buffer, weightsAt, kernelBlock),
    fill,
  };
}

// Node has it; the es2023 library and Node's types do not declare it.
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object) => { readonly exports: unknown };
};

// The numbers are those of the WebAssembly core specification 1.0, chapter 5, "Binary format".
const i32 = 0x7f;
const i64 = 0x7e;
const i32Add = [0x6a];
const i32Shl = [0x74];
const i32LtU = [0x49];
const i64GtU = [0x56];
const i64Add = [0x7c];
const i64Mul = [0x7e];
const i64Xor = [0x85];
const i64ShrU = [0x88];
const i64Rotl = [0x89];
const get = (local: number) => [0x20, local];
const set = (local: number) => [0x21, local];
const tee = (local: number) => [0x22, local];
const i32Const = (value: number) => [0x41, ...signed(BigInt(value))];
const i64Const = (value: bigint) => [0x42, ...signed(BigInt.asIntN(64, value))];
const i64Load = [0x29, 3, 0];
const i32Store8 = (offset: number) => [0x3a, 0, ...unsigned(offset)];
const loopStart = [0x03, 0x40];
const ifGivesI32 = [0x04, i32];
const otherwise = [0x05];
const branchIfToLoop = [0x0d, 0];
const end = [0x0b];

// Locals: the two parameters, then our own.
const seed = 0;
const count = 1;
const i = 2;
const h = 3;

function assemble(thresholds: readonly bigint[]): Uint8Array {
  const xorShifted = (by: bigint) => [...get(h), ...get(h), ...i64Const(by), ...i64ShrU, ...i64Xor];
  // How many of these thresholds h has reached; h ≥ t is h > t − 1.
  const reached = (some: readonly bigint[]) =>
    some.flatMap((t, at) => [...get(h), ...i64Const(t - 1n), ...i64GtU, ...(at === 0 ? [] : i32Add)]);
  // One unit in 270 has a weight above four: the rest are counted without a branch.
  const common = thresholds.slice(0, 5);
  const rare = thresholds.slice(5);
  const body = [
    ...loopStart,
    // h = (seed + prime5 + 8) ^ rotl(bits · prime2, 31) · prime1
    ...[...get(seed), ...i64Const(prime5 + 8n), ...i64Add],
    ...[...get(i), ...i32Const(3), ...i32Shl, ...i64Load],
    ...[...i64Const(prime2), ...i64Mul, ...i64Const(31n), ...i64Rotl, ...i64Const(prime1), ...i64Mul],
    ...i64Xor,
    // h = rotl(h, 27) · prime1 + prime4, then the avalanche
    ...[
      ...i64Const(27n),
      ...i64Rotl,
      ...i64Const(prime1),
      ...i64Mul,
      ...i64Const(prime4),
      ...i64Add,
      ...set(h),
    ],
    ...[...xorShifted(33n), ...i64Const(prime2), ...i64Mul, ...set(h)],
    ...[...xorShifted(29n), ...i64Const(prime3), ...i64Mul, ...set(h)],
    ...[...xorShifted(32n), ...set(h)],
    // weights[i] = reached(all)
    ...get(i),
    ...reached(common),
    ...[...get(h), ...i64Const((common.at(-1) ?? 0n) - 1n), ...i64GtU],
    ...[...ifGivesI32, ...reached(rare), ...otherwise, ...i32Const(0), ...end],
    ...i32Add,
    ...i32Store8(weightsAt),
    ...[...get(i), ...i32Const(1), ...i32Add, ...tee(i), ...get(count), ...i32LtU, ...branchIfToLoop],
    ...end,
    ...end,
  ];
  const locals = [2, 1, i32, 1, i64];
  return Uint8Array.from([
    ...[0, ...ascii('asm'), 1, 0, 0, 0],
    ...section(1, [1, 0x60, 2, i64, i32, 0]),
    ...section(3, [1, 0]),
    ...section(5, [1, 0, 1]), // one page of 64 KiB
    ...section(7, [2, ...sized(ascii('memory')), 2, 0, ...sized(ascii('fill')), 0, 0]),
    ...section(10, [1, ...sized([...locals, ...body])]),
  ]);
}

const section = (id: number, content: readonly number[]) => [id, ...sized(content)];
const sized = (content: readonly number[]) => [...unsigned(content.length), ...content];
const ascii = (text: string) => Array.from(text, (letter) => letter.charCodeAt(0));

/** LEB128: seven bits a byte, the eighth says that more follow. */
function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

function signed(value: bigint): number[] {
  const byte = Number(value & 0x7fn);
  const rest = value >> 7n;
  const done = (rest === 0n && byte < 0x40) || (rest === -1n && byte >= 0x40);
  return done ? [byte] : [byte | 0x80, ...signed(rest)];
}
