import { findModel, MODEL_IDS, routingsFrom } from '../lib/catalog/catalog';

/** Generates the text of an environment file with the given number of applications, and of aliases in each. */
export function generatedEnvironment(name: string, applications: number, aliases: number): string {
  const models = MODEL_IDS.flatMap((id) => {
    const model = findModel(id);
    const usable = model?.kind === 'chat' && model.runtime && model.lifecycle.status === 'ACTIVE';
    const [routing] = usable ? routingsFrom(model, 'us-east-1') : [];
    return routing === undefined ? [] : [`{ model: "${id}", routing: ${routing} }`];
  });
  const lines = Array.from({ length: applications }, (_, i) => {
    const entries = Array.from({ length: aliases }, (__, j) => `m${j}: ${models[(i + j) % models.length]}`);
    return `  a${i}: { owner: a@b.co, costCenter: C1, models: { ${entries.join(', ')} }, principals: [{ service: lambda.amazonaws.com }] }`;
  });
  const head = [`name: ${name}`, 'account: "111122223333"', 'region: us-east-1', 'contact: a@b.co', 'applications:'];
  return [...head, ...lines, ''].join('\n');
}
