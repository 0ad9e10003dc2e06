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

const findFault = (name: string): Fault => FAULTS.find((fault) => fault.name === name) as Fault;
const injection = (label: string, more: Partial<Injection> = {}): Injection => ({
  fault: findFault(label.split(':')[0] ?? ''),
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

/** Returns the calls with the faults that each met. */
const hits = (injections: readonly Injection[], calls: readonly FaultedCall[]): readonly string[] => {
  const faults = new InjectedFaults(injections);
  return calls.map((c) => `${c.target} ${faults.inject(JSON_REPLY, c).faults.join()}`);
};
const targets = Array.from({ length: 4_000 }, (_, at) => call(`arn:${at}`));

test('the same calls meet the same faults in any order', () => {
  const injections = [injection('throttle:0.3', { rate: 0.3 }), injection('reset:0.05', { rate: 0.05 })];
  expect([...hits(injections, targets.toReversed())].sort()).toEqual([...hits(injections, targets)].sort());
});

test.each([0.05, 0.3, 0.9])('a fault with the rate %p hits that share of calls', (rate) => {
  const faults = new InjectedFaults([injection('throttle', { rate })]);
  for (const each of targets) {
    faults.inject(JSON_REPLY, each);
  }
  const [{ calls, injected } = { calls: 0, injected: 0 }] = faults.injected;
  expect(calls).toBe(4_000);
  // Allows four standard deviations.
  expect(Math.abs(injected / calls - rate)).toBeLessThan(4 * Math.sqrt((rate * (1 - rate)) / calls));
});

test('each of several equal calls is decided anew', () => {
  const faults = new InjectedFaults([injection('throttle', { rate: 0.5 })]);
  const hitCounts = Array.from({ length: 200 }, () => faults.inject(JSON_REPLY, call('arn:x')).faults.length);
  expect(hitCounts).toContain(0);
  expect(hitCounts).toContain(1);
});

test('when several faults replace the answer, only the first one does', () => {
  const faults = new InjectedFaults([injection('slow-stream'), injection('denied'), injection('throttle')]);
  expect(faults.inject(JSON_REPLY, call('arn:x'))).toMatchObject({ reply: { status: 403 }, faults: ['denied'] });
  expect(faults.injected.map(({ injected }) => injected)).toEqual([0, 1, 0]);
});

test('faults that change the answer add up', () => {
  const faults = new InjectedFaults([injection('slow-stream'), injection('truncated-stream')]);
  const { reply, faults: met } = faults.inject(STREAM, call('arn:x', { operation: 'ConverseStream' }));
  expect(met).toEqual(['slow-stream', 'truncated-stream']);
  expect(reply).toMatchObject({ status: 200, delivery: { pace: { milliseconds: 2 } } });
  expect(reply.body).toHaveLength(2);
});

test('a fault for an alias hits only its profiles, and a fault for streams hits only streams', () => {
  const faults = new InjectedFaults([injection('end-of-life', { targets: ['arn:x'] }), injection('no-metadata')]);
  expect(faults.inject(JSON_REPLY, call('arn:y'))).toEqual({ reply: JSON_REPLY, faults: [] });
  expect(faults.inject(JSON_REPLY, call('arn:x')).reply.status).toBe(404);
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

test('a fault for first calls does not count a call that another fault answered', () => {
  const injections = [injection('throttle-once'), injection('expired-session')];
  expect(hits(injections, [call('a'), call('a'), call('a')])).toEqual(['a throttle-once', 'a expired-session', 'a ']);
});

test('a fault that changes the answer does not hit an error of Bedrock', () => {
  const refused: Reply = { status: 400, headers: {}, body: '{}' };
  const faults = new InjectedFaults(
    FAULTS.filter((f) => !f.replacesAnswer).map((fault) => ({ fault, label: fault.name })),
  );
  expect(faults.inject(refused, call('a'))).toEqual({ reply: refused, faults: [] });
});

const changingFaults = FAULTS.filter(({ replacesAnswer }) => !replacesAnswer);

test.each([
  ['an answer', JSON_REPLY],
  ['a stream', STREAM],
])('any two faults can change %s, in either order', (_, reply) => {
  for (const first of changingFaults) {
    for (const second of changingFaults) {
      const both = second.change(first.change(reply, call('a')), call('a'));
      expect(both.status).toBe(200);
    }
  }
});
