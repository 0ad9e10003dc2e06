import {
  chmodSync,
  cpSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../../../lib/account/templates/asset-reader';
import type { AssemblyCopy, Json } from './assembly-copy';
import type { Kind } from './mutant';

type Change = (assembly: AssemblyCopy) => void;

function fileKind(
  what: string,
  named: (assembly: AssemblyCopy) => readonly string[],
  apply: Change,
  harmless?: string,
): Kind {
  return {
    what,
    ...(harmless !== undefined && { harmless }),
    mutants: (assembly) => [{ where: assembly.folder, named: named(assembly), apply }],
  };
}

const anyReason = (): readonly string[] => [];
const assets = (assembly: AssemblyCopy): readonly string[] =>
  readdirSync(assembly.original)
    .filter((name) => name.startsWith('asset.'))
    .sort();

/** Returns a kind that changes the folder of each asset. */
function assetKind(what: string, change: (folder: string, assembly: AssemblyCopy) => void, harmless?: string): Kind {
  return {
    what,
    ...(harmless !== undefined && { harmless }),
    mutants: (assembly) =>
      assets(assembly).map((asset) => ({
        where: asset,
        named: [asset],
        apply: (copy) => change(copy.changing(asset), copy),
      })),
  };
}

const replace = (path: string, make: (path: string) => void): void => {
  rmSync(path, { recursive: true });
  make(path);
};

const ASSET_KINDS: readonly Kind[] = [
  assetKind('code is other code', (folder) => writeFileSync(join(folder, 'index.js'), 'exports.handler = () => 1;')),
  assetKind('code has one line more', (folder) => writeFileSync(join(folder, 'index.js'), '\n//', { flag: 'a' })),
  assetKind('code is empty', (folder) => truncateSync(join(folder, 'index.js'))),
  assetKind('code is missing', (folder) => rmSync(join(folder, 'index.js'))),
  assetKind('code is a link', (folder) =>
    replace(join(folder, 'index.js'), (path) => symlinkSync('/etc/hostname', path)),
  ),
  assetKind('code is a link to the same code', (folder, copy) =>
    replace(join(folder, 'index.js'), (path) =>
      symlinkSync(join(copy.original, assets(copy)[0] ?? '', 'index.js'), path),
    ),
  ),
  assetKind('code is a folder', (folder) => replace(join(folder, 'index.js'), (path) => mkdirSync(path))),
  assetKind('code is a folder with code', (folder) =>
    replace(join(folder, 'index.js'), (path) => {
      mkdirSync(path);
      writeFileSync(join(path, 'index.js'), '');
    }),
  ),
  assetKind('code has another name', (folder) => renameSync(join(folder, 'index.js'), join(folder, 'index.mjs'))),
  assetKind('code may be read by its owner only', (folder) => chmodSync(join(folder, 'index.js'), 0o600)),
  assetKind('a file beside the code', (folder) => writeFileSync(join(folder, 'index.mjs'), '')),
  assetKind('a description of a package beside the code', (folder) =>
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}'),
  ),
  assetKind('a hidden file beside the code', (folder) => writeFileSync(join(folder, '.env'), '')),
  assetKind('a module beside the code', (folder) => {
    mkdirSync(join(folder, 'node_modules', 'evil'), { recursive: true });
    writeFileSync(join(folder, 'node_modules', 'evil', 'index.js'), '');
  }),
  assetKind('a module deep beside the code', (folder) => {
    const deep = join(folder, ...Array.from({ length: 60 }, () => 'd'));
    mkdirSync(deep, { recursive: true });
    writeFileSync(join(deep, 'index.js'), '');
  }),
  assetKind('a link beside the code', (folder) => symlinkSync('/etc', join(folder, 'etc'))),
  assetKind('a link to nothing beside the code', (folder) => symlinkSync('/none', join(folder, 'none'))),
  assetKind('the folder of the code is a link', (folder) => replace(folder, (path) => symlinkSync('/etc', path))),
  assetKind('the folder of the code is a link to the same folder', (folder, copy) =>
    replace(folder, (path) => symlinkSync(join(copy.original, assets(copy)[0] ?? ''), path)),
  ),
  assetKind('the folder of the code is a file', (folder) => replace(folder, (path) => writeFileSync(path, 'PK'))),
  assetKind('the folder of the code is missing', (folder) => rmSync(folder, { recursive: true })),
  assetKind('the folder of the code is empty', (folder) => replace(folder, (path) => mkdirSync(path))),
  assetKind(
    'an empty folder beside the code',
    (folder) => mkdirSync(join(folder, 'empty')),
    'the CDK CLI packs files, and no empty folders',
  ),
];

const templates = (copy: AssemblyCopy): readonly string[] => copy.files('.template.json');
const lists = (copy: AssemblyCopy): readonly string[] => copy.files('.assets.json');
const oneTemplate = (copy: AssemblyCopy): string => templates(copy)[1] ?? '';
const exchange = (copy: AssemblyCopy, [a = '', b = '']: readonly string[]): void => {
  const [one, other] = [copy.text(a), copy.text(b)];
  copy.write(a, other);
  copy.write(b, one);
};
const manifestOf = (copy: AssemblyCopy): string => `${copy.stage}/manifest.json`;

const evilTemplate = '{"Resources":{"Evil":{"Type":"AWS::SNS::Topic"}}}';

const STAGE_KINDS: readonly Kind[] = [
  fileKind('templates of two stacks are exchanged', anyReason, (copy) => exchange(copy, templates(copy).slice(1, 3))),
  fileKind('assets of two stacks are exchanged', anyReason, (copy) => exchange(copy, lists(copy).slice(1, 3))),
  fileKind(
    'code of two functions is exchanged',
    (copy) => assets(copy).slice(0, 1),
    (copy) => {
      const [a = '', b = ''] = assets(copy);
      replace(copy.changing(a), (path) => cpSync(join(copy.original, b), path, { recursive: true }));
      replace(copy.changing(b), (path) => cpSync(join(copy.original, a), path, { recursive: true }));
    },
  ),
  fileKind('a template is another one', anyReason, (copy) => copy.write(oneTemplate(copy), evilTemplate)),
  fileKind('a template is missing', anyReason, (copy) => rmSync(copy.changing(oneTemplate(copy)))),
  fileKind('a template is a link', anyReason, (copy) =>
    replace(copy.changing(oneTemplate(copy)), (path) => symlinkSync(join(copy.original, oneTemplate(copy)), path)),
  ),
  fileKind('a template is a folder', anyReason, (copy) =>
    replace(copy.changing(oneTemplate(copy)), (path) => mkdirSync(path)),
  ),
  fileKind('a template is empty', anyReason, (copy) => copy.write(oneTemplate(copy), '')),
  fileKind('a list of assets is missing', anyReason, (copy) => rmSync(copy.changing(lists(copy)[0] ?? ''))),
  fileKind('a list of assets is a link', anyReason, (copy) =>
    replace(copy.changing(lists(copy)[0] ?? ''), (path) =>
      symlinkSync(join(copy.original, lists(copy)[0] ?? ''), path),
    ),
  ),
  fileKind('the manifest of the stage is missing', anyReason, (copy) => rmSync(copy.changing(manifestOf(copy)))),
  fileKind('the manifest of the stage is a link', anyReason, (copy) =>
    replace(copy.changing(manifestOf(copy)), (path) => symlinkSync(join(copy.original, manifestOf(copy)), path)),
  ),
  fileKind('the manifest of the stage is that of the assembly', anyReason, (copy) =>
    copy.write(manifestOf(copy), copy.text('manifest.json')),
  ),
  fileKind('the manifest of the assembly is that of the stage', anyReason, (copy) =>
    copy.write('manifest.json', copy.text(manifestOf(copy))),
  ),
  fileKind('the manifest of the assembly is missing', anyReason, (copy) => rmSync(copy.changing('manifest.json'))),
  fileKind('the folder of the stage is a link', anyReason, (copy) =>
    replace(copy.changing(copy.stage), (path) => symlinkSync(join(copy.original, copy.stage), path)),
  ),
  fileKind('the folder of the stage is missing', anyReason, (copy) =>
    rmSync(copy.changing(copy.stage), { recursive: true }),
  ),
  fileKind('metadata of a stack is missing', anyReason, (copy) =>
    rmSync(copy.changing(copy.files('.metadata.json')[0] ?? '')),
  ),
  fileKind('metadata of a stack names an asset', anyReason, (copy) =>
    copy.writeJson(copy.files('.metadata.json')[0] ?? '', {
      '/a': [{ type: 'aws:cdk:asset', data: { path: 'evil' } }],
    }),
  ),
  fileKind('metadata of a stack has tags', anyReason, (copy) =>
    copy.writeJson(copy.files('.metadata.json')[0] ?? '', { '/a': [{ type: 'aws:cdk:stack-tags', data: [] }] }),
  ),
  fileKind('another stack is a copy of one', anyReason, (copy) => {
    const manifest = copy.json(manifestOf(copy));
    const artifacts = manifest['artifacts'] as Readonly<Record<string, Json>>;
    const [, stack] = Object.entries(artifacts).find(([, { type }]) => type === 'aws:cloudformation:stack') ?? [];
    copy.writeJson(manifestOf(copy), {
      ...manifest,
      artifacts: { ...artifacts, Copy: { ...stack, displayName: `${copy.environment}/Copy` } },
    });
  }),
  fileKind('a stack and its template have another name', anyReason, (copy) => {
    const name = (oneTemplate(copy).split('/')[1] ?? '').replace('.template.json', '');
    for (const file of [manifestOf(copy), ...copy.files(`${name}.assets.json`)]) {
      copy.write(file, copy.text(file).replaceAll(name, `${name}2`));
    }
    for (const ending of ['template', 'assets', 'metadata']) {
      copy.changing(`${copy.stage}/${name}.${ending}.json`);
      renameSync(
        join(copy.folder, copy.stage, `${name}.${ending}.json`),
        copy.changing(`${copy.stage}/${name}2.${ending}.json`),
      );
    }
  }),
  fileKind('a stage beside it has a stack of the environment', anyReason, (copy) =>
    otherStage(copy, `${copy.environment}/Evil`),
  ),
  fileKind(
    'another environment beside it',
    anyReason,
    (copy) => otherStage(copy, 'other/Own'),
    'the environment does not select the stack',
  ),
  fileKind(
    'files that nobody names',
    anyReason,
    (copy) => {
      copy.write('tree.json', '{}');
      copy.write('validation-report.json', '{}');
      copy.write(`${copy.stage}/evil.template.json`, evilTemplate);
      mkdirSync(copy.changing('asset.evil'));
      mkdirSync(copy.changing('.cache'));
    },
    'no manifest names the file',
  ),
  fileKind(
    'the version of the assembly in its own file',
    anyReason,
    (copy) => copy.write('cdk.out', '{"version":"1.0.0"}'),
    'the CDK CLI reads the version from the manifest',
  ),
  fileKind(
    'a list of assets labels its places otherwise',
    anyReason,
    (copy) => {
      const [file = ''] = lists(copy);
      copy.write(file, copy.text(file).replaceAll(/"\d{12}-[a-z0-9-]+-[0-9a-f]{8}"/g, '"label"'));
    },
    'the key of a destination is a label',
  ),
  fileKind('an asset hides behind the name that this checkout gives a template', anyReason, (copy) => {
    const [list = ''] = lists(copy);
    const file = list.replace('.assets.', '.template.');
    // The same template in other words has another digest, which is its name.
    const text = JSON.stringify(copy.json(file));
    const [before, after] = [templateName(copy, list), sha256(text)];
    copy.write(file, text);
    copy.write(manifestOf(copy), copy.text(manifestOf(copy)).replaceAll(before, after));
    const json = copy.json(list);
    const renamed = JSON.parse(JSON.stringify(json['files']).replaceAll(before, after)) as Json;
    const evil = {
      source: { path: 'evil.zip', packaging: 'file' },
      destinations: { a: { bucketName: 'a', objectKey: 'b' } },
    };
    copy.writeJson(list, { ...json, files: { [before]: evil, ...renamed } });
  }),
  fileKind(
    'a template that means the same has another digest, which is its name',
    anyReason,
    (copy) => {
      const [list = ''] = lists(copy);
      const file = list.replace('.assets.', '.template.');
      const text = JSON.stringify(copy.json(file));
      copy.write(file, text);
      for (const named of [list, manifestOf(copy)]) {
        copy.write(named, copy.text(named).replaceAll(templateName(copy, list), sha256(text)));
      }
    },
    'the text means the same JSON',
  ),
  fileKind('an uploaded template takes the name of another one', anyReason, (copy) => {
    const [a = '', b = ''] = lists(copy);
    copy.write(a, copy.text(a).replaceAll(templateName(copy, a), templateName(copy, b)));
  }),
  fileKind('an uploaded template has a name that is not its digest', anyReason, (copy) => {
    const [a = ''] = lists(copy);
    const name = templateName(copy, a);
    for (const file of [a, manifestOf(copy)]) {
      copy.write(file, copy.text(file).replaceAll(name, '1'.repeat(64)));
    }
  }),
];

/** Returns the name under which the template of a stack is uploaded. */
function templateName(copy: AssemblyCopy, list: string): string {
  const files = Object.entries(copy.json(list)['files'] as Readonly<Record<string, Readonly<Record<string, Json>>>>);
  return files.find(([, { source }]) => source?.['packaging'] === 'file')?.[0] ?? '';
}

function otherStage(copy: AssemblyCopy, displayName: string): void {
  const root = copy.json('manifest.json');
  copy.writeJson('manifest.json', {
    ...root,
    artifacts: {
      ...(root['artifacts'] as Json),
      'assembly-other': {
        type: 'cdk:cloud-assembly',
        properties: { directoryName: 'assembly-other', displayName: 'other' },
      },
    },
  });
  const folder = copy.changing('assembly-other');
  mkdirSync(folder);
  writeFileSync(join(folder, 'evil.template.json'), evilTemplate);
  writeFileSync(join(folder, 'Evil.assets.json'), '{"files":{}}');
  writeFileSync(
    join(folder, 'manifest.json'),
    JSON.stringify({
      version: root['version'],
      artifacts: {
        Evil: {
          type: 'aws:cloudformation:stack',
          environment: 'aws://111122223333/us-east-1',
          displayName,
          properties: { templateFile: 'evil.template.json' },
        },
      },
    }),
  );
}

/** Changes of files and folders. */
export const FILE_KINDS: readonly Kind[] = [...ASSET_KINDS, ...STAGE_KINDS];
