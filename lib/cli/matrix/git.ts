import { execFile } from 'node:child_process';
import { UsageError } from '../terminal/command';
import type { Surroundings } from '../terminal/terminal';

/** A folder in a repository, and the environment variables that git is run with. */
export interface GitFolder {
  readonly folder: string;
  readonly env: Surroundings['env'];
}

/** A file of a revision. */
export interface GitFile {
  /** Relative to the folder that was asked for. */
  readonly path: string;
  readonly object: string;
}

/** What a git program that ran and failed said. */
class GitFailure extends Error {
  override readonly name = 'GitFailure';
}

/** A hook that runs this may have them: here the repository is that of the folder. */
const OF_ANOTHER_REPOSITORY = ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE', 'GIT_COMMON_DIR', 'GIT_PREFIX'];

/** Most that is read of one file. */
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * The commit that a revision names, as seen from `folder`.
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
          : 'git knows no such revision; a shallow clone has only the newest: fetch the others first';
    throw new UsageError(`there is no file or folder '${revision}', and ${why}; ${ALLOWED}`);
  }
}

const ALLOWED = 'give a matrix file such as access/dev.json, a cdk.out folder, or a git revision such as main';

/** The files of a commit directly below some folders of `folder`; a link is none. */
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

/** The bytes of a file as they are stored, without filters that a repository may configure. */
export function bytesOf(folder: GitFolder, { object }: GitFile): Promise<Buffer> {
  return git(folder, ['cat-file', 'blob', object]);
}

function git({ folder, env }: GitFolder, args: readonly string[]): Promise<Buffer> {
  const own = Object.fromEntries(Object.entries(env).filter(([name]) => !OF_ANOTHER_REPOSITORY.includes(name)));
  const options = { cwd: folder, env: own, encoding: 'buffer', maxBuffer: MAX_BYTES } as const;
  return new Promise((resolve, reject) => {
    execFile('git', args, options, (error, stdout, stderr) => {
      if (error === null) {
        resolve(stdout);
      } else {
        const [said = ''] = stderr.toString('utf8').trim().split('\n');
        reject(typeof error.code === 'number' ? new GitFailure(said) : error);
      }
    });
  });
}
