import type { FailOn } from '../../proof/matrix/diff-failures';
import { didYouMean, meantHint } from '../../spelling/did-you-mean';
import { type Flag, UsageError } from '../terminal/command';

const CHOICES = ['none', 'any', 'broader', 'replaced', 'cost:+N%'] as const;

export const FAIL_ON_FLAG: Flag = {
  name: 'fail-on',
  value: 'WHAT',
  summary: `exit 1 on: ${CHOICES.join(', ')}, or several joined by commas; replaced and cost include broader (default broader)`,
};

const NOTHING: FailOn = { any: false, broader: false, replaced: false };

/**
 * Reads the value of `--fail-on`. Several choices are joined by commas, and each of them can make the command fail.
 *
 * @throws UsageError with the allowed choices, and the one that was probably meant
 */
export function failOn(value = 'broader'): FailOn {
  const choices = value.split(',').map((choice) => choice.trim());
  if (choices.includes('none') && choices.length > 1) {
    throw new UsageError(`--fail-on none excludes every other choice; got '${value}'`);
  }
  return choices.map(choiceOf).reduce(
    (all, choice) => ({
      any: all.any || choice.any,
      broader: all.broader || choice.broader,
      replaced: all.replaced || choice.replaced,
      ...least(all.costPercent, choice.costPercent),
    }),
    NOTHING,
  );
}

function choiceOf(choice: string): FailOn {
  const percent = /^cost:\+(\d{1,9}(?:\.\d{1,9})?)%$/.exec(choice)?.[1];
  if (percent !== undefined) {
    return { ...NOTHING, broader: true, costPercent: Number(percent) };
  }
  switch (choice) {
    case 'none':
      return NOTHING;
    case 'any':
      return { ...NOTHING, any: true };
    case 'broader':
      return { ...NOTHING, broader: true };
    case 'replaced':
      return { ...NOTHING, broader: true, replaced: true };
    default:
      return unknown(choice);
  }
}

function unknown(choice: string): never {
  const number = /^cost\D*(\d{1,9}(?:\.\d{1,9})?)/i.exec(choice)?.[1];
  const hint = number === undefined ? didYouMean(choice, CHOICES) : meantHint(`cost:+${number}%`);
  throw new UsageError(`--fail-on must be ${CHOICES.join(', ')}, or several joined by commas; got '${choice}'${hint}`);
}

function least(a: number | undefined, b: number | undefined): Pick<FailOn, 'costPercent'> {
  const percents = [a, b].filter((percent) => percent !== undefined);
  return percents.length === 0 ? {} : { costPercent: Math.min(...percents) };
}
