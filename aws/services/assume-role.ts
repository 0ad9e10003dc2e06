import { askQuery, element } from './ask-query';
import type { Post } from './post';
import type { SessionCredentials } from './session-credentials';

/** Duration of a session: the shortest that STS grants, and as long as the longest run of a Lambda function. */
const SESSION_SECONDS = 900;

/** Assumes a role. `policy`, if given, is the JSON of a session policy that limits the session further. */
export type AssumeRole = (roleArn: string, signal: AbortSignal, policy?: string) => Promise<SessionCredentials>;

/**
 * Returns a function that assumes roles through STS.
 *
 * @param sessionName name by which CloudTrail identifies the sessions of a function
 */
export function assumeRole(post: Post, sessionName = 'bedrock-access-verify'): AssumeRole {
  return async (roleArn, signal, policy) => {
    const answer = await askQuery(
      post,
      {
        Action: 'AssumeRole',
        Version: '2011-06-15',
        RoleArn: roleArn,
        RoleSessionName: sessionName,
        ...(policy !== undefined && { Policy: policy }),
        DurationSeconds: String(SESSION_SECONDS),
      },
      signal,
    );
    const [accessKeyId, secretAccessKey, sessionToken] = ['AccessKeyId', 'SecretAccessKey', 'SessionToken'].map(
      (name) => element(answer, name),
    );
    if (!accessKeyId || !secretAccessKey || !sessionToken) {
      throw new Error('the answer of STS contains no credentials');
    }
    return { accessKeyId, secretAccessKey, sessionToken };
  };
}
