import { boundedText } from '../../aws/bounded-text';
import { ALLOWED_PROBES, type Alias, type Generation, type Guardrail } from './alias';

type Fields = Readonly<Record<string, unknown>>;

function fields(value: unknown, path: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error(`${path} is not an object`);
  }
  return value as Fields;
}

function list(value: unknown, path: string): readonly unknown[] {
  if (!Array.isArray(value) || value.length === 0) {
    throw new Error(`${path} is not a list with at least one entry`);
  }
  return value;
}

function text(of: Fields, key: string, path: string): string {
  const value = of[key];
  if (typeof value !== 'string' || value === '') {
    throw new Error(`${path}${key} is not a text`);
  }
  return value;
}

function parseProbe(value: unknown, path: string): (typeof ALLOWED_PROBES)[number] {
  const known = ALLOWED_PROBES.find((probe) => probe === value);
  if (known === undefined) {
    throw new Error(`${path} is ${boundedText(JSON.stringify(value))}, not one of ${ALLOWED_PROBES.join(', ')}`);
  }
  return known;
}

function count(of: Fields, key: 'cacheTokens' | 'vectorLength', path: string) {
  const value = of[key];
  if (value === undefined) {
    return {};
  }
  if (!Number.isInteger(value) || Number(value) < 1) {
    throw new Error(`${path}.${key} is not a whole number above 0`);
  }
  return { [key]: Number(value) };
}

function parseElsewhere(of: Fields, key: 'destination' | 'outside', path: string) {
  if (of[key] === undefined) {
    return {};
  }
  const at = fields(of[key], `${path}.${key}`);
  return { [key]: { region: text(at, 'region', `${path}.${key}.`), target: text(at, 'target', `${path}.${key}.`) } };
}

function parseGeneration(value: unknown, path: string): Generation {
  const of = fields(value, path);
  return {
    generation: text(of, 'generation', `${path}.`),
    profileArn: text(of, 'profileArn', `${path}.`),
    modelId: text(of, 'modelId', `${path}.`),
    routing: text(of, 'routing', `${path}.`),
    ...(of['systemProfileId'] !== undefined && { systemProfileId: text(of, 'systemProfileId', `${path}.`) }),
    probes: list(of['probes'], `${path}.probes`).map((probe, i) => parseProbe(probe, `${path}.probes[${i}]`)),
    ...(of['sampling'] !== undefined && { sampling: fields(of['sampling'], `${path}.sampling`) }),
    ...(of['forcedTool'] === true && { forcedTool: true }),
    ...count(of, 'cacheTokens', path),
    ...count(of, 'vectorLength', path),
    ...parseElsewhere(of, 'destination', path),
    ...parseElsewhere(of, 'outside', path),
  };
}

function parseGuardrail(value: unknown): Guardrail {
  const of = fields(value, 'guardrail');
  return { id: text(of, 'id', 'guardrail.'), version: text(of, 'version', 'guardrail.') };
}

/** Reads the JSON parameter of an alias. Throws an error that names the first mistake in it. */
export function parseAlias(application: string, alias: string, json: string, profileArn: string): Alias {
  const of = fields(readJson(json), 'the value');
  if (text(of, 'profileArn', '') !== profileArn) {
    throw new Error('profileArn differs from the ARN in the parameter without .json');
  }
  const generations = list(of['generations'], 'generations').map((g, i) => parseGeneration(g, `generations[${i}]`));
  const name = text(of, 'generation', '');
  const served = generations.find((g) => g.generation === name && g.profileArn === profileArn);
  if (served === undefined) {
    throw new Error(`generations has no ${boundedText(JSON.stringify(name))} with the served profile`);
  }
  return {
    application,
    alias,
    ...(of['asked'] !== undefined && { asked: list(of['asked'], 'asked').map(String) }),
    ...(of['guardrail'] !== undefined && { guardrail: parseGuardrail(of['guardrail']) }),
    ...(of['tiers'] !== undefined && { tiers: list(of['tiers'], 'tiers').map(String) }),
    served,
    generations,
  };
}

function readJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new Error('the value is not JSON');
  }
}
