import { execFile } from 'node:child_process';
import { UsageError } from '../terminal/command';
import type { Surroundings } from '../terminal/terminal';

/** A folder in a repository, and the environment variables with which git is run. */
export interface GitFolder {
  readonly folder: string;
  readonly env: Surroundings['env'];
}

/** A file of a revision. */
export interface GitFile {
  /** Path relative to the folder that git runs in. */
  readonly path: string;
  readonly object: string;
}

/** An error that git itself reported. Its message is the first line that git printed. */
class GitFailure extends Error {
  override readonly name = 'GitFailure';
}

/** Variables that git sets for its hooks. They are removed, because they may point to another repository. */
const HOOK_VARIABLES = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_COMMON_DIR', 'GIT_PREFIX'];

/** Maximum output of a git command, and so maximum size of a file, in bytes. */
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * Returns the commit that a revision names in the repository of `folder`.
 *
 * @throws UsageError when there is no git, no repository, or no such revision
 */
export async function commitOf(folder: GitFolder, revision: string): Promise<string> {
  if (revision === '' || revision.startsWith('-')) {
    throw new UsageError(`'${revision}' is no git revision; ${ALLOWED}`);
  }
  try {
    const commit = await git(folder, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]);
    return commit.toString('utf8').trim();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const why =
      code === 'ENOENT'
        ? 'git could not be started'
        : error instanceof GitFailure && error.message !== ''
          ? `git says: ${error.message}`
          : 'git knows no such revision; a shallow clone has only the newest commit, so fetch the others first';
    throw new UsageError(`there is no file or folder '${revision}', and ${why}; ${ALLOWED}`);
  }
}

const ALLOWED = 'give a matrix file such as access/dev.json, a cdk.out folder, or a git revision such as main';

/** Lists the files of a commit that are directly in some folders below `folder`. Symbolic links are left out. */
export async function filesOf(
  folder: GitFolder,
  commit: string,
  below: readonly string[],
): Promise<readonly GitFile[]> {
  const listed = await git(folder, ['ls-tree', '-z', commit, '--', ...below.map((name) => `${name}/`)]);
  return listed
    .toString('utf8')
    .split('\0')
    .flatMap((line) => {
      const [, object, path] = /^100\d{3} blob ([0-9a-f]+)\t(.+)$/s.exec(line) ?? [];
      return object === undefined || path === undefined ? [] : [{ path, object }];
    });
}

/** Reads the stored bytes of a file, without the filters that a repository may configure. */
export function bytesOf(folder: GitFolder, { object }: GitFile): Promise<Buffer> {
  return git(folder, ['cat-file', 'blob', object]);
}

function git({ folder, env }: GitFolder, args: readonly string[]): Promise<Buffer> {
  const variables = Object.fromEntries(Object.entries(env).filter(([name]) => !HOOK_VARIABLES.includes(name)));
  const options = { cwd: folder, env: variables, encoding: 'buffer', maxBuffer: MAX_BYTES } as const;
  return new Promise((resolve, reject) => {
    execFile('git', args, options, (error, stdout, stderr) => {
      if (error === null) {
        resolve(stdout);
      } else {
        const [message = ''] = stderr.toString('utf8').trim().split('\n');
        reject(typeof error.code === 'number' ? new GitFailure(message) : error);
      }
    });
  });
}
