import '../../lib/testing';
import { allow, deny, type Json, MODEL, messageOf, PROFILE, sentenceOf, templateOf, through } from './small-template';

const only = { Action: 'bedrock:InvokeModel' };
const without = (what: string): string =>
  `role Api may bedrock:InvokeModel on ${what}, but not bedrock:InvokeModelWithResponseStream; allowed by policy Access statement 1`;

const cases: readonly [name: string, statements: readonly Json[], says: string][] = [
  ['both actions', [allow({ Resource: [PROFILE, MODEL] })], 'passes'],
  ['both in one wildcard', [allow({ Action: 'bedrock:InvokeModel*', Resource: PROFILE })], 'passes'],
  ['each in a statement', [allow({ ...only, Resource: PROFILE }), allow({ Resource: PROFILE })], 'passes'],
  [
    'only the streaming action',
    [allow({ Action: 'bedrock:InvokeModelWithResponseStream', Resource: PROFILE })],
    'passes',
  ],
  ['no streaming action', [allow({ ...only, Resource: PROFILE })], without(PROFILE)],
  [
    'streaming of another resource',
    [allow({ ...only, Resource: PROFILE }), allow({ Resource: MODEL })],
    without(PROFILE),
  ],
  [
    'streaming through another profile only',
    [{ ...through('ArnLike', 'arn:aws:bedrock:*:*:application-inference-profile/*'), ...only }, through('ArnEquals')],
    without(`${MODEL} through arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/any`),
  ],
  ['streaming denied', [allow({ Resource: PROFILE }), deny({ Action: 'bedrock:*Stream' })], without(PROFILE)],
];

test.each(cases)('%s', (_, statements, says) => {
  expect(sentenceOf(() => expect(templateOf(statements)).toStreamWhereverItInvokes())).toBe(says);
});

test('the message ends with the change to make', () => {
  expect(messageOf(() => expect(templateOf([allow({ ...only, Resource: PROFILE })])).toStreamWhereverItInvokes())).toBe(
    `${without(PROFILE)}

ConverseStream needs bedrock:InvokeModelWithResponseStream; name both actions in the statement.`,
  );
});
