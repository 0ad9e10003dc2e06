import { z } from 'zod';
import { BUILT_IN_ISSUERS, SHARED_ISSUERS } from '../../catalog/token-issuers';
import type { Path, Problem } from '../problem';
import { quoted } from '../quoted';
import { ofWrongType, text } from '../text-schema';
import { ofNewRole } from './further-policies';
import { checkTrustRoom } from './trust-room';

/** Callers with a token of another issuer. They get a role. */
export const oidc = ofNewRole('oidc', {
  oidc: z
    .strictObject({
      provider: text(
        /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+(\/[\w.~-]+)*$/,
        "an IAM OIDC provider by the host and path of its issuer without https://, such as 'login.example.com/realms/ci'",
      ).max(255),
      audience: text(
        /^[\w.:/@+-]{1,255}$/,
        "the exact audience of the tokens, such as 'sts.amazonaws.com', without wildcards",
      ),
      subjects: z
        .array(
          text(
            /^[A-Za-z0-9 !#%&'()+,./:;<=>@[\]^_`{|}~*-]{1,255}$/,
            "a subject of tokens, such as 'team:search:job:nightly', without ? and $",
          ),
          ofWrongType("must be a list of subjects, such as ['team:search:job:nightly']"),
        )
        .min(1),
    })
    .describe('A new role for callers with a token of another issuer, only with this audience and these subjects.'),
});

/** Checks that nobody but the named callers can get a token that the role accepts. */
export function checkOidc(path: Path, value: unknown): readonly Problem[] {
  const read = oidc.in.shape.oidc.safeParse(value);
  if (read.data === undefined) {
    return [];
  }
  const { provider, subjects } = read.data;
  const unfit = unfitIssuer(provider);
  const characters = subjects.reduce((n, subject) => n + subject.length + 3, 0);
  return [
    ...(unfit === undefined ? [] : [{ path: [...path, 'provider'], message: `${quoted(provider)} ${unfit}` }]),
    ...subjects.flatMap((subject, i) => {
      const problem = wildcardProblem(provider, subject);
      return problem === undefined ? [] : [{ path: [...path, 'subjects', i], message: problem }];
    }),
    ...checkTrustRoom(
      path,
      { subjects: subjects.length, what: 'subjects', characters: characters + 5 * provider.length },
      'name fewer, or let the callers share a subject',
    ),
  ];
}

/** Returns the reason why an issuer does not belong under `oidc:`. */
function unfitIssuer(provider: string): string | undefined {
  switch (true) {
    case provider === 'token.actions.githubusercontent.com':
      return 'is GitHub Actions; write github: { repository, branches, environments } instead';
    case provider === 'gitlab.com':
      return 'is GitLab; write gitlab: { project, branches } instead';
    case /^oidc\.eks\./.test(provider):
      return 'is an EKS cluster; write irsa: { provider, namespace, serviceAccount } instead';
    case BUILT_IN_ISSUERS.includes(provider):
      return 'is an issuer that IAM knows without a provider in the account; only issuers with an IAM OIDC provider are supported';
    default:
      return undefined;
  }
}

/** The words before the wildcard: at least two, with a delimiter directly before the wildcard. */
const LAST_PART = /^[^*:/]*[^*:/\W][^*:/]*[:/][^*]*[^*:/\W][^*]*[:/]\*$/;

/**
 * Returns the problem with the wildcard of a subject.
 *
 * A wildcard also matches delimiters, so it may stand only for everything below a name that the issuer gives once.
 */
function wildcardProblem(provider: string, subject: string): string | undefined {
  if (!subject.includes('*')) {
    return undefined;
  }
  if (SHARED_ISSUERS.includes(provider)) {
    return `everybody can get tokens of ${provider}, so each subject must be exact; write it without '*'`;
  }
  if (subject.startsWith('system:serviceaccount:')) {
    return "a Kubernetes service account must be exact; write 'system:serviceaccount:NAMESPACE:NAME'";
  }
  return LAST_PART.test(subject)
    ? undefined
    : `${quoted(subject)} lets in more than one team or project; '*' may stand only at the end, after ':' or '/' and at least two names, such as 'team:search:*'`;
}
