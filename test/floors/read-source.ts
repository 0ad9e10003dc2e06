import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseFileSync } from '@swc/core';

/** One import of any form: static, `export … from`, `import()`, `require()` or `typeof import()`. */
export interface Import {
  /** A file of the project, such as `lib/config/problem.ts`, or the name of a package. */
  readonly target: string;
  readonly typeOnly: boolean;
}

/** A TypeScript file. */
export interface Source {
  readonly file: string;
  readonly imports: readonly Import[];
  readonly touchesProcess: boolean;
}

/** Reads every TypeScript file below a folder of the project. */
export function readSources(folder: string): readonly Source[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readSource(join(folder, name)));
}

/** A node of the syntax tree, of any type. */
interface Node {
  readonly type?: string;
  readonly value?: unknown;
  readonly typeOnly?: boolean;
  readonly source?: Node | null;
  readonly argument?: Node;
  readonly expression?: Node;
  readonly callee?: Node;
  readonly arguments?: readonly { readonly expression: Node }[];
}

function readSource(file: string): Source {
  const nodes = [...nodesOf(parseFileSync(file, { syntax: 'typescript' }))];
  const imports = nodes.flatMap((node) => {
    const name = importedName(node)?.value;
    const typeOnly = node.typeOnly === true || node.type === 'TsImportType';
    return typeof name === 'string' ? [{ target: targetOf(file, name), typeOnly }] : [];
  });
  const touchesProcess =
    nodes.some(({ type, value }) => type === 'Identifier' && value === 'process') ||
    imports.some(({ target }) => /^(node:)?process$/.test(target));
  return { file, imports, touchesProcess };
}

function* nodesOf(tree: unknown): Iterable<Node> {
  if (typeof tree === 'object' && tree !== null) {
    yield tree;
    for (const part of Object.values(tree)) {
      yield* nodesOf(part);
    }
  }
}

function importedName(node: Node): Node | null | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
    case 'ExportNamedDeclaration':
      return node.source;
    case 'TsImportType':
      return node.argument;
    case 'TsExternalModuleReference':
      return node.expression;
    case 'CallExpression':
      return node.callee?.type === 'Import' || node.callee?.value === 'require'
        ? node.arguments?.[0]?.expression
        : undefined;
    default:
      return undefined;
  }
}

function targetOf(file: string, name: string): string {
  if (!name.startsWith('.')) {
    return name;
  }
  const path = join(dirname(file), name);
  return existsSync(`${path}.ts`) ? `${path}.ts` : path;
}
