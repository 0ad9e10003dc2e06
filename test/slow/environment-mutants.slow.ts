import { testMutants } from '../config/test-mutants';

testMutants(1_500);
