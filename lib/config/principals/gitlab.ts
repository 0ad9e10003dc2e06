import { z } from 'zod';
import type { Path, Problem } from '../problem';
import { ofWrongType, text } from '../text-schema';
import { ofNewRole } from './further-policies';
import { checkTrustRoom } from './trust-room';

/** Jobs of GitLab CI/CD. They get a role. */
export const gitlab = ofNewRole('gitlab', {
  gitlab: z
    .strictObject({
      project: text(
        /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,254}(\/[A-Za-z0-9_][A-Za-z0-9_.-]{0,254}){1,20}(?<!\.git|\.atom)$/,
        "a project with its groups, 'group/project' or 'group/subgroup/project'",
      ).max(400),
      branches: z
        .array(
          text(
            /^(?!refs\/)[\w./@+#-]{1,200}$/,
            "the exact name of a branch, such as 'main', without refs/heads/ and wildcards",
          ),
          ofWrongType('must be a list of exact branches, such as [main], so that no other job can assume the role'),
        )
        .min(1),
      host: text(
        /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$/,
        "the host of a GitLab of your own without https://, such as 'gitlab.example.com'",
      )
        .max(200)
        .default('gitlab.com'),
    })
    .describe('A new role that jobs of one GitLab project may assume, only from these branches.'),
});

/** Checks that the subjects of the branches fit into the trust policy. */
export function checkGitlab(path: Path, value: unknown): readonly Problem[] {
  const read = gitlab.in.shape.gitlab.safeParse(value);
  if (read.data === undefined) {
    return [];
  }
  const { project, branches } = read.data;
  // The policy writes each as "project_path:PROJECT:ref_type:branch:ref:BRANCH", in quotes and with a comma.
  const characters = branches.reduce((n, name) => n + project.length + name.length + 40, 0);
  return checkTrustRoom(
    path,
    { subjects: branches.length, what: 'branches', characters },
    'name fewer, or let the jobs run from one branch',
  );
}
