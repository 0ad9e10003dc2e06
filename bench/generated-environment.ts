import { findModel, MODEL_IDS, routingsFrom } from '../lib/catalog/catalog';

/** The text of an environment file with as many applications and aliases as a measurement needs. */
export function generatedEnvironment(name: string, applications: number, aliases: number): string {
  const models = MODEL_IDS.flatMap((id) => {
    const model = findModel(id);
    const usable = model?.kind === 'chat' && model.runtime && model.lifecycle.status === 'ACTIVE';
    const [routing] = usable ? routingsFrom(model, 'us-east-1') : [];
    return routing === undefined ? [] : [`{ model: "${id}", routing: ${routing} }`];
  });
  const lines = Array.from({ length: applications }, (_, i) => {
    const own = Array.from({ length: aliases }, (__, j) => `m${j}: ${models[(i + j) % models.length]}`);
    return `  a${i}: { owner: a@b.co, costCenter: C1, models: { ${own.join(', ')} }, principals: [{ service: lambda.amazonaws.com }] }`;
  });
  const head = [`name: ${name}`, 'account: "111122223333"', 'region: us-east-1', 'contact: a@b.co', 'applications:'];
  return [...head, ...lines, ''].join('\n');
}
