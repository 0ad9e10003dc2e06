#!/usr/bin/env node
/**
 * Converts a collected model catalog into the compact file that ships: `node scripts/import-catalog.mjs SOURCE.json`.
 *
 * SOURCE holds everything that was collected about each model; the written file holds only what the project reads.
 * Equal lists of Regions are stored once, in `regionSets`, and models refer to them by index. Unknown facts are left
 * out.
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [source] = process.argv.slice(2);
if (source === undefined) {
  console.error('usage: node scripts/import-catalog.mjs SOURCE.json');
  process.exit(2);
}
const target = join(import.meta.dirname, '..', 'lib', 'catalog', 'data', 'models.json');
const collected = JSON.parse(readFileSync(source, 'utf8'));

const regionSets = [];
const setNumbers = new Map();
function setNumber(regions) {
  const sorted = [...regions].sort();
  const key = sorted.join();
  if (!setNumbers.has(key)) {
    setNumbers.set(key, regionSets.push(sorted) - 1);
  }
  return setNumbers.get(key);
}

/** Removes unknown values, so that they are read as `undefined` and never as an invented value. */
function dropUnknown(entries) {
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== null && value !== undefined));
}

function price(p) {
  if (!p || p.input === null) {
    return undefined;
  }
  return dropUnknown({
    input: p.input,
    // An embedding model has no output tokens and so no output price. A price of 0 is never written.
    output: p.output || undefined,
    cacheRead: p.cacheRead,
    cacheWrite5m: p.cacheWrite5m,
    cacheWrite1h: p.cacheWrite1h,
  });
}

function prices({ base, global, geo, regions }) {
  const byRouting = Object.entries({ ...geo, global }).map(([routing, p]) => [routing, price(p)]);
  const byRegion = Object.entries(regions).map(([region, p]) => [region, price(p)]);
  return dropUnknown({
    base: price(base),
    routing: dropUnknown(Object.fromEntries(byRouting)),
    region: dropUnknown(Object.fromEntries(byRegion)),
  });
}

function lifecycle(l) {
  return dropUnknown({
    status: l.status,
    legacyDate: l.legacyDate,
    endOfLifeDate: l.eolDate,
    endOfLifeNotBefore: l.eolNotBefore,
    secondHand: l.sources.some((s) => s.includes('second hand')) ? true : undefined,
  });
}

/**
 * Models that refuse a system prompt, which SOURCE does not record (Bedrock User Guide, "Supported models and model
 * features").
 */
const NO_SYSTEM_PROMPT = /^mistral\.(mistral-7b|mixtral-8x7b)-instruct/;

/** Vector lengths that SOURCE does not have (Cohere, "Embed models": 1,024 for both models of version 3). */
const VECTOR_LENGTHS = { 'cohere.embed-english-v3': 1024, 'cohere.embed-multilingual-v3': 1024 };

/** Lists the abilities that the model is known to have. Abilities that it lacks or that are unknown are left out. */
function abilities({ tools, toolChoice, images, documents, promptCaching }, { forcedToolUse, thinking }) {
  const all = {
    tools,
    // A model that always thinks does not accept a tool choice.
    forcedTool: tools && toolChoice && forcedToolUse !== false && thinking?.alwaysOn !== true,
    images,
    documents,
    promptCaching,
  };
  return Object.keys(all).filter((ability) => all[ability] === true);
}

/** Describes the sampling parameters: `undefined` when nothing is known, `false` when the model refuses them all. */
function sampling({ temperature, topP, temperatureTopPMutuallyExclusive, topK }) {
  if (temperature === 'rejected') {
    return false;
  }
  const supported = dropUnknown({
    temperature: temperature === null ? undefined : true,
    topP: topP === null ? undefined : true,
    together: temperatureTopPMutuallyExclusive === true ? false : undefined,
    topK: topK?.replace('additionalModelRequestFields.', ''),
  });
  return Object.keys(supported).length === 0 ? undefined : supported;
}

const models = collected.models.map((m) =>
  dropUnknown({
    modelId: m.modelId,
    provider: m.provider,
    name: m.displayName,
    family: m.family,
    kind: m.kind,
    runtime: m.endpoints.bedrockRuntime === true ? undefined : false,
    onDemandRegions: setNumber(m.inference.onDemandRegions ?? []),
    systemProfiles: Object.fromEntries(
      m.systemProfiles.map((p) => [
        p.prefix,
        p.destinationsBySourceRegion === null
          ? setNumber(p.sourceRegions)
          : Object.fromEntries(Object.entries(p.destinationsBySourceRegion).map(([s, d]) => [s, setNumber(d)])),
      ]),
    ),
    contextWindowTokens: m.limits.contextWindowTokens,
    maxOutputTokens: m.limits.maxOutputTokens,
    embeddingDimensions: m.limits.embeddingDimensions ?? VECTOR_LENGTHS[m.modelId],
    abilities: m.kind === 'chat' ? abilities(m.capabilities, m.parameterRules) : undefined,
    systemPrompt: NO_SYSTEM_PROMPT.test(m.modelId) ? false : undefined,
    promptCacheMinTokens: m.capabilities.promptCacheMinTokens,
    sampling: m.kind === 'chat' ? sampling(m.parameterRules) : undefined,
    prices: prices(m.pricing),
    lifecycle: lifecycle(m.lifecycle),
  }),
);

const sources = Object.values(collected.inputs).map(({ package: name, version, dataDate, sha256 }) =>
  dropUnknown({ package: name, version, dataDate, sha256 }),
);
const header = { schemaVersion: 1, collectedAt: collected.generatedAt, sources, regionSets };
// One model a line, so that a refreshed catalog can be reviewed as a diff.
const text = `${JSON.stringify(header).slice(0, -1)},"models":[\n${models
  .sort((a, b) => (a.modelId < b.modelId ? -1 : 1))
  .map((m) => JSON.stringify(m))
  .join(',\n')}\n]}\n`;
writeFileSync(`${target}.new`, text);
renameSync(`${target}.new`, target);
console.error(`${models.length} models, ${regionSets.length} Region sets, ${text.length} bytes -> ${target}`);
