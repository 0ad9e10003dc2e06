import { findModel, MODEL_IDS, routingsFrom } from '../../lib/catalog/catalog';
import type { FoundationModel } from '../../lib/catalog/foundation-model';
import { type LifecycleStage, lifecycleOn, successorOf } from '../../lib/catalog/lifecycle';

function model(modelId: string): FoundationModel {
  const entry = findModel(modelId);
  if (entry === undefined) {
    throw new Error(`${modelId} is not in the catalog`);
  }
  return entry;
}

const OPUS = 'anthropic.claude-opus-4-1-20250805-v1:0';
const OPUS_LEGACY: LifecycleStage = { stage: 'legacy', since: '2026-07-08', endOfLife: '2027-01-08' };

const STAGES: readonly (readonly [modelId: string, today: string, LifecycleStage])[] = [
  [OPUS, '2026-07-07', { stage: 'active' }],
  [OPUS, '2026-07-08', OPUS_LEGACY],
  [OPUS, '2027-01-07', OPUS_LEGACY],
  [OPUS, '2027-01-08', { stage: 'retired', since: '2027-01-08' }],
  ['ai21.jamba-1-5-mini-v1:0', '2026-11-25', { stage: 'legacy', since: '2026-05-26', endOfLife: '2026-11-26' }],
  ['ai21.jamba-1-5-mini-v1:0', '2026-11-26', { stage: 'retired', since: '2026-11-26' }],
  // A model whose legacy date is not known is legacy on every day.
  ['anthropic.claude-3-7-sonnet-20250219-v1:0', '2026-01-01', { stage: 'legacy', endOfLife: '2026-07-30' }],
  ['anthropic.claude-3-7-sonnet-20250219-v1:0', '2026-07-30', { stage: 'retired', since: '2026-07-30' }],
  // A third party's end-of-life date does not retire a model.
  ['meta.llama3-70b-instruct-v1:0', '2027-03-29', { stage: 'active' }],
  ['meta.llama3-70b-instruct-v1:0', '2027-03-30', { stage: 'reportedly retired', since: '2027-03-30' }],
  ['writer.palmyra-x4-v1:0', '2027-03-08', { stage: 'legacy', endOfLife: '2027-03-09' }],
  ['writer.palmyra-x4-v1:0', '2027-03-09', { stage: 'reportedly retired', since: '2027-03-09' }],
  // A "no sooner than" date is not an end of life.
  ['anthropic.claude-sonnet-4-6', '2027-02-16', { stage: 'active' }],
  ['anthropic.claude-sonnet-4-6', '2030-01-01', { stage: 'active' }],
  // The API no longer lists the model.
  ['amazon.titan-text-express-v1', '2026-11-21', { stage: 'retired' }],
  ['cohere.command-r-v1:0', '2026-11-21', { stage: 'retired', since: '2026-08-19' }],
];

test.each(STAGES)('%s on %s', (modelId, today, stage) => {
  expect(lifecycleOn(model(modelId), today)).toEqual(stage);
});

const SUCCESSORS: readonly (readonly [
  modelId: string,
  region: string,
  today: string,
  successor: string | undefined,
])[] = [
  [OPUS, 'us-east-1', '2026-11-21', 'anthropic.claude-opus-4-5-20251101-v1:0'],
  ['anthropic.claude-sonnet-4-20250514-v1:0', 'us-east-1', '2026-11-21', 'anthropic.claude-sonnet-4-6'],
  ['anthropic.claude-3-haiku-20240307-v1:0', 'us-east-1', '2026-11-21', 'anthropic.claude-haiku-4-5-20251001-v1:0'],
  ['ai21.jamba-1-5-mini-v1:0', 'us-east-1', '2026-11-26', undefined],
];

test.each(SUCCESSORS)('the successor of %s in %s on %s', (modelId, region, today, successor) => {
  expect(successorOf(model(modelId), region, today)?.modelId).toBe(successor);
});

test('a successor has the same provider and kind, is active, and can be called from the Region', () => {
  const today = '2026-11-21';
  const wrong = MODEL_IDS.map(model).flatMap((m) => {
    const next = successorOf(m, 'us-east-1', today);
    const fits =
      next === undefined ||
      (next.provider === m.provider &&
        next.kind === m.kind &&
        next.modelId !== m.modelId &&
        next.runtime &&
        routingsFrom(next, 'us-east-1').length > 0 &&
        lifecycleOn(next, today).stage === 'active');
    return fits ? [] : [`${m.modelId}: ${next?.modelId}`];
  });
  expect(wrong).toEqual([]);
});
