/** The dashboard's own sources as text, for tests that hold rules about them. */
const all = import.meta.glob<string>(['../**/*.ts', '../**/*.tsx'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

export const productFiles: readonly SourceFile[] = Object.entries(all)
  .filter(([path]) => !/\.test\.tsx?$|-for-test\.tsx?$|source-rules/.test(path))
  .map(([path, text]) => ({ path: path.replace('../', 'src/'), text }));
