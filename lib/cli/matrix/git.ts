import { execFile } from 'node:child_process';
import { UsageError } from '../terminal/command';
import type { Surroundings } from '../terminal/terminal';

/** A folder in a repository, and the environment variables with which git is run. */
export interface GitFolder {
  readonly folder: string;
  readonly env: Surroundings['env'];
}

/** An entry of a folder of a revision. */
export interface GitFile {
  /** Path relative to the folder that git runs in. */
  readonly path: string;
  readonly object: string;
  /** False for a symbolic link, a folder or a submodule. */
  readonly isFile: boolean;
}

/** An error that git itself reported. Its message is the first line that git printed. */
class GitFailure extends Error {
  override readonly name = 'GitFailure';
}

/** Variables that git sets for its hooks. They are removed, because they may point to another repository. */
const HOOK_VARIABLES = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_COMMON_DIR', 'GIT_PREFIX'];

/** Maximum output of a git command that lists or names something, in bytes. */
const MAX_BYTES = 4 * 1024 * 1024;

/**
 * Returns the commit that a revision names in the repository of `folder`.
 *
 * @throws UsageError when there is no git, no repository, or no such revision
 */
export async function commitOf(folder: GitFolder, revision: string): Promise<string> {
  // `^main` means every commit but those of main.
  if (/^([-^]|$)/.test(revision)) {
    throw new UsageError(`'${revision}' is no git revision; ${ALLOWED}`);
  }
  try {
    const args = ['rev-parse', '--verify', '--end-of-options', `${revision}^{commit}`];
    const { stdout, stderr } = await git(folder, ['-c', 'core.warnAmbiguousRefs=true', ...args]);
    if (/is ambiguous/.test(stderr)) {
      throw new UsageError(
        `${revision} names both a branch and a tag, or two branches; write one in full, such as refs/remotes/${revision}`,
      );
    }
    return stdout.toString('utf8').trim();
  } catch (error) {
    if (error instanceof UsageError) {
      throw error;
    }
    const code = (error as NodeJS.ErrnoException).code;
    const why =
      code === 'ENOENT'
        ? 'git could not be started'
        : error instanceof GitFailure && !/needed a single revision/i.test(error.message)
          ? `git says: ${error.message}`
          : 'git knows no such revision; a shallow clone has only the newest commit, so fetch the others first';
    throw new UsageError(`there is no revision '${revision}': ${why}; ${ALLOWED}`);
  }
}

const ALLOWED =
  'give a git revision such as main, or a matrix file or cdk.out folder that begins with ./ or /, such as ./access/dev.json';

/** Lists what a commit has directly in some folders below `folder`. */
export async function filesOf(
  folder: GitFolder,
  commit: string,
  below: readonly string[],
): Promise<readonly GitFile[]> {
  const { stdout } = await git(folder, ['ls-tree', '-z', commit, '--', ...below.map((name) => `${name}/`)]);
  return stdout
    .toString('utf8')
    .split('\0')
    .flatMap((line) => {
      const [, mode = '', object, path] = /^(\d+) \w+ ([0-9a-f]+)\t(.+)$/s.exec(line) ?? [];
      return object === undefined || path === undefined ? [] : [{ path, object, isFile: mode.startsWith('100') }];
    });
}

/**
 * Reads the stored bytes of a file, without the filters that a repository may configure.
 *
 * @param shown name of the file in messages
 * @throws UsageError when the file is too large, or no regular file
 */
export async function bytesOf(
  folder: GitFolder,
  { object, isFile }: GitFile,
  { shown, maxBytes }: { readonly shown: string; readonly maxBytes: number },
): Promise<Buffer> {
  if (!isFile) {
    throw new UsageError(`${shown} is a symbolic link or a folder; only a regular file is read`);
  }
  try {
    return (await git(folder, ['cat-file', 'blob', object], maxBytes)).stdout;
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER'
      ? new UsageError(`${shown} has more than ${maxBytes} bytes, which is the most that is read`)
      : error;
  }
}

function git(
  { folder, env }: GitFolder,
  args: readonly string[],
  maxBuffer = MAX_BYTES,
): Promise<{ readonly stdout: Buffer; readonly stderr: string }> {
  const variables = Object.fromEntries(Object.entries(env).filter(([name]) => !HOOK_VARIABLES.includes(name)));
  // A repository can replace one commit by another when it is read.
  const options = {
    cwd: folder,
    env: { ...variables, GIT_NO_REPLACE_OBJECTS: '1', LC_ALL: 'C' },
    encoding: 'buffer',
    maxBuffer,
  } as const;
  return new Promise((resolve, reject) => {
    execFile('git', args, options, (error, stdout, stderr) => {
      const messages = stderr.toString('utf8').trim();
      if (error === null) {
        resolve({ stdout, stderr: messages });
      } else {
        const [message = ''] = messages.split('\n');
        reject(typeof error.code === 'number' ? new GitFailure(message) : error);
      }
    });
  });
}
