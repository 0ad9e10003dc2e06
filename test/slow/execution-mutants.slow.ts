import { testExecutionMutants } from '../proof/deployment/test-execution-mutants';

testExecutionMutants(1);
