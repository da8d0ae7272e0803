import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/**
 * `npm run build:client [-- FOLDER]`: writes the package as it is published, JavaScript with types, into a
 * folder (`dist`), from where `npm publish` takes it. Inside of the project it is used as it is written.
 */
const here = import.meta.dirname;
const folder = process.argv[2] ?? join(here, 'dist');
const { exports: _source, private: _private, ...manifest } = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8')) as Record<string, unknown>;

rmSync(folder, { recursive: true, force: true });
const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: true,
  types: ['node'],
  declaration: true,
  rewriteRelativeImportExtensions: true,
  rootDir: join(here, 'src'),
  outDir: folder,
};
const program = ts.createProgram([join(here, 'src/index.ts')], options);
const diagnostics = [...ts.getPreEmitDiagnostics(program), ...program.emit().diagnostics];
if (diagnostics.length > 0) {
  console.error(ts.formatDiagnosticsWithColorAndContext(diagnostics, { getCanonicalFileName: (name) => name, getCurrentDirectory: () => here, getNewLine: () => '\n' }));
  process.exit(1);
}
writeFileSync(join(folder, 'package.json'), `${JSON.stringify({ ...manifest, exports: { '.': { types: './index.d.ts', default: './index.js' } } }, null, 2)}\n`);
cpSync(join(here, 'README.md'), join(folder, 'README.md'));
