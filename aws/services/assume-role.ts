import { askQuery, element } from './ask-query';
import type { SessionCredentials } from './session-credentials';
import type { Post } from './signed-post';

/** Shortest session STS gives, and as long as the longest run of a Lambda function. */
const SESSION_SECONDS = 900;

/** Becomes a role: under `policy` as well, the JSON of a session policy, where there is one. */
export type AssumeRole = (roleArn: string, signal: AbortSignal, policy?: string) => Promise<SessionCredentials>;

/**
 * Asks STS.
 *
 * @param sessionName by which CloudTrail tells the sessions of a function
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
      throw new Error('STS answered without credentials');
    }
    return { accessKeyId, secretAccessKey, sessionToken };
  };
}
