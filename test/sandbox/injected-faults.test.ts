import { converseReply } from '../../lib/sandbox/converse/converse-reply';
import { converseStreamReply } from '../../lib/sandbox/converse/converse-stream-reply';
import type { ScriptedAnswer } from '../../lib/sandbox/converse/scripted-answer';
import type { Fault, FaultedCall } from '../../lib/sandbox/faults/fault';
import { FAULTS } from '../../lib/sandbox/faults/faults';
import { InjectedFaults } from '../../lib/sandbox/faults/injected-faults';
import type { Injection } from '../../lib/sandbox/faults/injection';
import type { Reply } from '../../lib/sandbox/transport/reply';

const answer: ScriptedAnswer = {
  output: { kind: 'text', text: 'a scripted answer that is some deltas long' },
  stopReason: 'end_turn',
  usage: { inputTokens: 5, outputTokens: 9, totalTokens: 14 },
  metrics: { latencyMs: 10 },
};
const JSON_REPLY = converseReply(answer);
const STREAM = converseStreamReply(answer);

const named = (name: string): Fault => FAULTS.find((fault) => fault.name === name) as Fault;
const injection = (label: string, more: Partial<Injection> = {}): Injection => ({
  fault: named(label.split(':')[0] ?? ''),
  label,
  ...more,
});
const call = (target: string, more: Partial<FaultedCall> = {}): FaultedCall => ({
  operation: 'Converse',
  target,
  caller: 'arn:session',
  body: Buffer.from('{}'),
  ...more,
});

/** Which of `calls` met a fault. */
const hits = (injections: readonly Injection[], calls: readonly FaultedCall[]): readonly string[] => {
  const faults = new InjectedFaults(injections);
  return calls.map((c) => `${c.target} ${faults.play(JSON_REPLY, c).faults.join()}`);
};
const targets = Array.from({ length: 4_000 }, (_, at) => call(`arn:${at}`));

test('the same calls meet the same faults in whatever order they arrive', () => {
  const wanted = [injection('throttle:0.3', { rate: 0.3 }), injection('reset:0.05', { rate: 0.05 })];
  expect([...hits(wanted, targets.toReversed())].sort()).toEqual([...hits(wanted, targets)].sort());
});

test.each([0.05, 0.3, 0.9])('a share of %p is that share', (rate) => {
  const faults = new InjectedFaults([injection('throttle', { rate })]);
  for (const each of targets) {
    faults.play(JSON_REPLY, each);
  }
  const [{ calls, injected } = { calls: 0, injected: 0 }] = faults.injected;
  expect(calls).toBe(4_000);
  // Four standard deviations.
  expect(Math.abs(injected / calls - rate)).toBeLessThan(4 * Math.sqrt((rate * (1 - rate)) / calls));
});

test('the next equal call is another throw of the dice', () => {
  const faults = new InjectedFaults([injection('throttle', { rate: 0.5 })]);
  const struck = Array.from({ length: 200 }, () => faults.play(JSON_REPLY, call('arn:x')).faults.length);
  expect(struck).toContain(0);
  expect(struck).toContain(1);
});

test('of faults that answer instead the first that was named answers alone', () => {
  const faults = new InjectedFaults([injection('slow-stream'), injection('denied'), injection('throttle')]);
  expect(faults.play(JSON_REPLY, call('arn:x'))).toMatchObject({ reply: { status: 403 }, faults: ['denied'] });
  expect(faults.injected.map(({ injected }) => injected)).toEqual([0, 1, 0]);
});

test('faults on the way play together', () => {
  const faults = new InjectedFaults([injection('slow-stream'), injection('truncated-stream')]);
  const { reply, faults: met } = faults.play(STREAM, call('arn:x', { operation: 'ConverseStream' }));
  expect(met).toEqual(['slow-stream', 'truncated-stream']);
  expect(reply).toMatchObject({ status: 200, delivery: { pace: { milliseconds: 2 } } });
  expect(reply.body).toHaveLength(2);
});

test('a fault of an alias hits its profiles alone, and one of streams no other answer', () => {
  const faults = new InjectedFaults([injection('end-of-life', { targets: ['arn:x'] }), injection('no-metadata')]);
  expect(faults.play(JSON_REPLY, call('arn:y'))).toEqual({ reply: JSON_REPLY, faults: [] });
  expect(faults.play(JSON_REPLY, call('arn:x')).reply.status).toBe(404);
  expect(faults.injected).toMatchObject([
    { fault: 'end-of-life', calls: 1, injected: 1 },
    { fault: 'no-metadata', calls: 0, injected: 0 },
  ]);
});

test('an expired session hits the first call of each session, and throttle-once the first of equal calls', () => {
  const other = { caller: 'arn:other' };
  expect(hits([injection('expired-session')], [call('a'), call('b'), call('a', other), call('b', other)])).toEqual([
    'a expired-session',
    'b ',
    'a expired-session',
    'b ',
  ]);
  expect(hits([injection('throttle-once')], [call('a'), call('b'), call('a'), call('b', other)])).toEqual([
    'a throttle-once',
    'b throttle-once',
    'a ',
    'b throttle-once',
  ]);
});

test('a call that another fault answered is no first one', () => {
  const wanted = [injection('throttle-once'), injection('expired-session')];
  expect(hits(wanted, [call('a'), call('a'), call('a')])).toEqual(['a throttle-once', 'a expired-session', 'a ']);
});

test('an error of Bedrock meets no fault of its body', () => {
  const refused: Reply = { status: 400, headers: {}, body: '{}' };
  const faults = new InjectedFaults(FAULTS.filter((f) => !f.instead).map((fault) => ({ fault, label: fault.name })));
  expect(faults.play(refused, call('a'))).toEqual({ reply: refused, faults: [] });
});

const onTheWay = FAULTS.filter(({ instead }) => !instead);

test.each([
  ['an answer', JSON_REPLY],
  ['a stream', STREAM],
])('any two faults can play on %s, in either order', (_, reply) => {
  for (const first of onTheWay) {
    for (const second of onTheWay) {
      const both = second.play(first.play(reply, call('a')), call('a'));
      expect(both.status).toBe(200);
    }
  }
});
