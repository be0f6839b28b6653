import type { Ec2NetworkInsightsAnalysis } from '@cdktf/provider-aws/lib/ec2-network-insights-analysis';
import type { Ec2NetworkInsightsPath } from '@cdktf/provider-aws/lib/ec2-network-insights-path';
import type { DataGoogleNetworkManagementConnectivityTestRun } from '@cdktf/provider-google/lib/data-google-network-management-connectivity-test-run';
import type { NetworkManagementConnectivityTest } from '@cdktf/provider-google/lib/network-management-connectivity-test';
import type { Construct } from 'constructs';
import { Framework, frameworkOf } from './framework';
import { missing } from './providers';

/** The AWS resources that ask whether one end reaches the other. */
export interface AwsCheckProvider {
  readonly Ec2NetworkInsightsPath: typeof Ec2NetworkInsightsPath;
  readonly Ec2NetworkInsightsAnalysis: typeof Ec2NetworkInsightsAnalysis;
}

/** The Google resources that do. */
export interface GoogleCheckProvider {
  readonly NetworkManagementConnectivityTest: typeof NetworkManagementConnectivityTest;
  readonly DataGoogleNetworkManagementConnectivityTestRun: typeof DataGoogleNetworkManagementConnectivityTestRun;
}

/* eslint-disable @typescript-eslint/no-require-imports */

/** Loads the Reachability Analyzer of the AWS provider package. */
export function awsCheckProvider(stack: Construct, place: string): AwsCheckProvider {
  const terrain = frameworkOf(stack) === Framework.CDK_TERRAIN;
  try {
    return {
      ...(terrain
        ? require('@cdktn/provider-aws/lib/ec2-network-insights-path')
        : require('@cdktf/provider-aws/lib/ec2-network-insights-path')),
      ...(terrain
        ? require('@cdktn/provider-aws/lib/ec2-network-insights-analysis')
        : require('@cdktf/provider-aws/lib/ec2-network-insights-analysis')),
    } as AwsCheckProvider;
  } catch (error) {
    throw missing(error, place, terrain ? '@cdktn/provider-aws' : '@cdktf/provider-aws');
  }
}

/** Loads the Connectivity Tests of the Google provider package. */
export function googleCheckProvider(stack: Construct, place: string): GoogleCheckProvider {
  const terrain = frameworkOf(stack) === Framework.CDK_TERRAIN;
  try {
    return {
      ...(terrain
        ? require('@cdktn/provider-google/lib/network-management-connectivity-test')
        : require('@cdktf/provider-google/lib/network-management-connectivity-test')),
      ...(terrain
        ? require('@cdktn/provider-google/lib/data-google-network-management-connectivity-test-run')
        : require('@cdktf/provider-google/lib/data-google-network-management-connectivity-test-run')),
    } as GoogleCheckProvider;
  } catch (error) {
    throw missing(error, place, terrain ? '@cdktn/provider-google' : '@cdktf/provider-google');
  }
}

/* eslint-enable @typescript-eslint/no-require-imports */
