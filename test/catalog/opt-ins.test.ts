import { MODEL_IDS } from '../../lib/catalog/catalog';
import { optInOf } from '../../lib/catalog/opt-ins';

test('the models that need an opt-in are in the catalog', () => {
  expect(MODEL_IDS.filter((id) => optInOf(id) !== undefined)).toEqual([
    'anthropic.claude-fable-5',
    'anthropic.claude-fable-5-1',
    'zai.glm-5.3',
  ]);
});
