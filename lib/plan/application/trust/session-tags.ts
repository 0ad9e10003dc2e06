import { SESSION_TAGS } from '../../../config/checks/check-environment';
import type { TrustStatement } from '../../parts/statement';

/**
 * Lets sessions of the role have the tags that identify people and jobs, but no tag that billing or IAM uses. The tag
 * of a session overrides the tag of the role, so a caller that could set `Application` could choose who pays.
 *
 * The statement lists the allowed tags, because IAM ignores case when it compares tag keys, and the operator of the
 * condition does not. A list of denied tags would miss other spellings. The statement does not repeat the conditions on
 * the external id, the token or the session name. The right to tag a session is worth nothing without the right to
 * assume the role, and AWS does not document which of these keys are present when TagSession is checked.
 */
export function withSessionTags(statement: TrustStatement): readonly TrustStatement[] {
  const { Principal } = statement;
  return [
    statement,
    {
      Sid: 'TagSession',
      Effect: 'Allow',
      Principal,
      Action: ['sts:TagSession'],
      Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': SESSION_TAGS } },
    },
  ];
}
