import { testLaws } from '../iam/test-laws';

testLaws(4_000);
