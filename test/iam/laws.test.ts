import { testLaws } from './test-laws';

// `test/slow/laws.slow.ts` tries more cases.
testLaws(300);
