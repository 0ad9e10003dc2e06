import { document } from '../format/document';
import { estimatedUsd } from './estimated-usd';
import { wasRetried } from './fault-lines';
import { settledFacts } from './settled-facts';
import { trustResults } from './trust-results';
import type { Verification } from './verification';

/** Builds the document that `verify --json` prints. */
export function verificationDocument(verification: Verification, exitCode: number) {
  const { plan, result, verdict, principals, faults, assembly, limits } = verification;
  return document('verify', exitCode, {
    environment: plan.environment,
    account: plan.account,
    region: plan.region,
    simulated:
      principals === undefined
        ? 'nothing: the deployed function made real calls'
        : 'answers are scripted; access decisions are evaluated from the synthesized templates',
    ...(assembly !== undefined && { code: `built by this checkout; ${assembly} has the same` }),
    verdict: exitCode === 0 ? 'as intended' : exitCode === 1 ? 'found' : 'unfinished',
    probes: result.probes.map((p) => ({ ...p, estimatedUsd: estimatedUsd(p, plan.region) ?? null })),
    settled: settledFacts(verification),
    findings: verdict.findings.map(({ probe, missing }) => ({
      application: probe.application,
      alias: probe.alias,
      generation: probe.generation,
      probe: probe.probe,
      principal: probe.principal,
      expected: probe.expected,
      outcome: probe.outcome,
      ...(probe.deniedArn !== undefined && { deniedAction: probe.deniedAction, deniedArn: probe.deniedArn }),
      ...(missing !== undefined && { missing }),
      ...(probe.cause !== undefined && { cause: probe.cause }),
      ...(probe.remedy !== undefined && { remedy: probe.remedy }),
    })),
    mismatches: verdict.mismatches,
    trusts: trustResults(verification),
    ...(principals !== undefined && { principals }),
    ...(faults !== undefined && {
      faults: {
        injected: faults,
        triedAgain: result.probes.filter(wasRetried).length,
        remained: result.probes
          .filter(({ asIntended }) => !asIntended)
          .map(({ application, alias, generation, probe, outcome, attempts, cause }) => ({
            ...{ application, alias, generation, probe, outcome, attempts },
            ...(cause !== undefined && { cause }),
          })),
      },
    }),
    ...(limits !== undefined && { limits }),
    skipped: plan.applications.flatMap((a) => a.skippedProbes.map((s) => ({ application: a.name, ...s }))),
  });
}
