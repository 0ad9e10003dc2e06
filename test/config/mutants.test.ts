import { testMutants } from './test-mutants';

// `test/slow/environment-mutants.slow.ts` tries more mutants.
testMutants(400);
