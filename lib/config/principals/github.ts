import { z } from 'zod';
import type { Path, Problem } from '../problem';
import { text } from '../text-schema';
import { ofNewRole } from './further-policies';
import { checkTrustRoom } from './trust-room';

/** Jobs of GitHub Actions. They get a role. */
export const github = ofNewRole('github', {
  github: z
    .strictObject({
      repository: text(
        /^[A-Za-z0-9][A-Za-z0-9-]{0,38}(@\d{1,12})?\/[A-Za-z0-9._-]{1,100}(?<!\.git)(@\d{1,12})?$/,
        "a repository with its owner, 'owner/name'",
      ),
      branches: z
        .array(
          text(
            /^(?!refs\/)[\w./@+#-]{1,200}$/,
            "the exact name of a branch, such as 'main', without refs/heads/ and wildcards",
          ),
        )
        .min(1)
        .optional(),
      environments: z
        .array(
          text(
            /^[\w. /@+#-]{1,200}$/,
            "the exact name of a GitHub environment, such as 'production', without wildcards",
          ),
        )
        .min(1)
        .optional(),
    })
    .describe('A new role that jobs of one repository may assume, only from these branches or GitHub environments.'),
});

/** Checks what jobs of a repository may assume the role. */
export function checkGithub(path: Path, value: unknown): readonly Problem[] {
  const read = github.in.shape.github.safeParse(value);
  if (!read.success) {
    const isMap = typeof value === 'object' && value !== null;
    return isMap && !('branches' in value || 'environments' in value) ? [anyJob(path)] : [];
  }
  const { repository, branches = [], environments = [] } = read.data;
  if (branches.length + environments.length === 0) {
    return [anyJob(path)];
  }
  // The policy writes each as "repo:OWNER/NAME:ref:refs/heads/BRANCH", in quotes and with a comma.
  const characters = [...branches, ...environments].reduce((n, name) => n + repository.length + name.length + 25, 0);
  return checkTrustRoom(
    path,
    { subjects: branches.length + environments.length, what: 'branches and environments', characters },
    'name fewer, or let the jobs share a GitHub environment',
  );
}

function anyJob(path: Path): Problem {
  return { path, message: 'any job of the repository could assume the role; add branches: or environments:' };
}
