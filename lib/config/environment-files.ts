import { existsSync, lstatSync, readdirSync } from 'node:fs';
import { basename, dirname, extname, isAbsolute, join, relative, resolve } from 'node:path';
import { FileError, fileError } from '../files/file-error';
import { readFile } from '../files/read-file';
import { didYouMean } from '../spelling/did-you-mean';
import { ConfigError } from './config-error';
import { type CheckedEnvironment, readEnvironment } from './read-environment';
import { MAX_BYTES } from './yaml-limits';

/** Returns the nearest folder that holds `environments/`: `from` or one above it. If there is none, returns `from`. */
export function projectFolder(from: string): string {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'environments'))) {
      return folder;
    }
    if (dirname(folder) === folder) {
      return resolve(from);
    }
  }
}

/** Lists the environment files of a project, sorted, as paths relative to the project. */
export function environmentFiles(project: string): readonly string[] {
  const folder = join(project, 'environments');
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names
    .filter((n) => /\.ya?ml$/.test(n))
    .sort()
    .map((n) => join('environments', n));
}

/**
 * Lists the names of a project's environments, sorted. Each is the name of an environment file without its extension.
 */
export function environmentNames(project: string): readonly string[] {
  return environmentFiles(project).map((file) => basename(file).replace(/\.ya?ml$/, ''));
}

/** Folders in which environment files are looked for. */
export interface Folders {
  /** Folder that holds `environments/`. */
  readonly project: string;
  /** Folder to which relative paths refer. */
  readonly cwd: string;
}

/** Returns the path of an environment's file, which is given by the environment's name or by a path. */
export function environmentPath({ project, cwd }: Folders, nameOrPath: string): string {
  const isPath = /[/\\]|\.ya?ml$/.test(nameOrPath);
  return isPath ? resolve(cwd, nameOrPath) : join(project, 'environments', `${nameOrPath}.yaml`);
}

/**
 * Reads and checks an environment, which is given by its name in `environments/` or by the path of its file.
 *
 * @throws ConfigError when the file is missing or has an error
 */
export function loadEnvironment(folders: Folders, nameOrPath: string, today: string): CheckedEnvironment {
  const { project } = folders;
  const file = environmentPath(folders, nameOrPath);
  // Messages show a file of the project by its path in the repository, whatever folder the command runs in.
  const inside = relative(project, file);
  const displayPath = inside.startsWith('..') || isAbsolute(inside) ? nameOrPath : inside;
  return readEnvironment(displayPath, read(file, displayPath, project, nameOrPath), today);
}

function read(file: string, displayPath: string, project: string, nameOrPath: string): Uint8Array {
  try {
    refuseLinkedFolder(project, file);
    // A message about the file quotes it, so a link could show a secret of the machine that runs the command.
    const bytes = readFile(file, { maxBytes: MAX_BYTES, refuseLinks: true });
    refuseTwin(file);
    return bytes;
  } catch (error) {
    const { code, message } = fileError(error, 'read');
    throw new ConfigError(displayPath, [
      {
        ...{ file: displayPath, line: 1, column: 1, length: 1, source: '', path: '', severity: 'error' },
        message: code === 'ENOENT' ? `there is no such file${whichIsMeant(project, nameOrPath)}` : message,
      },
    ]);
  }
}

function whichIsMeant(project: string, nameOrPath: string): string {
  const names = environmentNames(project);
  const name = basename(nameOrPath).replace(/\.ya?ml$/, '');
  return names.includes(nameOrPath)
    ? `; rename ${nameOrPath}.yml to ${nameOrPath}.yaml`
    : didYouMean(name, names, `; environments found: ${names.join(', ') || 'none'}`);
}

function refuseLinkedFolder(project: string, file: string): void {
  const folder = join(project, 'environments');
  if (dirname(file) === folder && lstatSync(folder, { throwIfNoEntry: false })?.isSymbolicLink()) {
    throw new FileError('REFUSED', 'is in a folder that is a symbolic link; replace environments/ by a folder');
  }
}

/** Refuses `dev.yml` beside `dev.yaml`. A reader of one could take it for the other. */
function refuseTwin(file: string): void {
  const ending = extname(file);
  const name = basename(file, ending);
  const twin = `${name}${ending === '.yaml' ? '.yml' : '.yaml'}`;
  if (lstatSync(join(dirname(file), twin), { throwIfNoEntry: false }) !== undefined) {
    throw new FileError('REFUSED', `${twin} is beside it, so '${name}' has two files; remove one of them`);
  }
}
