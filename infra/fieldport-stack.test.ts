import { App } from "aws-cdk-lib";
import { Match, Template } from "aws-cdk-lib/assertions";
import { describe, expect, test } from "vitest";
import { FieldportStack } from "./fieldport-stack.ts";
import { parseSettings } from "./settings.ts";

interface Statement {
  Sid?: string;
  Effect: string;
  Action: string | string[];
  Resource?: unknown;
  Condition?: Record<string, Record<string, unknown>>;
}

function make(...args: string[]) {
  const app = new App({ analyticsReporting: false });
  const stack = new FieldportStack(app, "Fieldport", { settings: parseSettings(args) });
  return { template: Template.fromStack(stack), manifest: app.synth().manifest };
}

const { template, manifest } = make();
const resourcesOf = (type: string) => Object.values(template.findResources(type)).map(({ Properties }) => Properties);
const list = <T>(value: T | T[]): T[] => (Array.isArray(value) ? value : [value]);

function allowed(): Statement[] {
  const documents = [...resourcesOf("AWS::IAM::Policy"), ...resourcesOf("AWS::IAM::ManagedPolicy")].map(
    ({ PolicyDocument }) => PolicyDocument as { Statement: Statement[] },
  );
  return documents.flatMap(({ Statement }) => Statement).filter(({ Effect }) => Effect === "Allow");
}

function allowedAs(sid: string): Statement {
  const found = allowed().find(({ Sid }) => Sid === sid);
  if (!found) throw new Error(`There is no statement ${sid}.`);
  return found;
}

describe("the template", () => {
  test("is made without asking AWS anything and brings no code of its own into the account", () => {
    expect(manifest.missing).toBeUndefined();
    template.resourceCountIs("AWS::Lambda::Function", 0);
    expect(Object.keys(template.toJSON()).sort()).toEqual(["Outputs", "Parameters", "Resources", "Rules"]);
  });

  test("names every value that the portal and its workers need", () => {
    for (const name of ["S3Bucket", "EventSecretArn", "FieldportEc2Template", "FieldportEmrApplication"]) {
      expect(Object.keys(template.findOutputs(name)), name).toHaveLength(1);
    }
  });

  test("holds no value of a secret, only references that CloudFormation resolves", () => {
    const [connection] = resourcesOf("AWS::Events::Connection");
    const value = JSON.stringify(connection.AuthParameters.ApiKeyAuthParameters.ApiKeyValue);
    expect(value).toContain("Bearer {{resolve:secretsmanager:");
    const [database] = resourcesOf("AWS::RDS::DBInstance");
    expect(JSON.stringify(database.MasterUserPassword)).toContain("{{resolve:secretsmanager:");
    template.resourceCountIs("AWS::IAM::AccessKey", 0);
  });
});

describe("buckets", () => {
  test("tell EventBridge of new objects, are private, encrypted and versioned, and speak TLS only", () => {
    const buckets = resourcesOf("AWS::S3::Bucket");
    expect(buckets).toHaveLength(2);
    for (const bucket of buckets) {
      const all = {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      };
      expect(bucket.PublicAccessBlockConfiguration).toEqual(all);
      expect(bucket.BucketEncryption).toBeDefined();
      expect(bucket.VersioningConfiguration).toEqual({ Status: "Enabled" });
    }
    const telling = buckets.filter(({ NotificationConfiguration }) => NotificationConfiguration !== undefined);
    expect(telling.map(({ NotificationConfiguration }) => NotificationConfiguration)).toEqual([
      { EventBridgeConfiguration: { EventBridgeEnabled: true } },
    ]);
    for (const { PolicyDocument } of resourcesOf("AWS::S3::BucketPolicy")) {
      const denials = (PolicyDocument.Statement as Statement[]).filter(({ Effect }) => Effect === "Deny");
      expect(denials.map(({ Condition }) => Condition)).toContainEqual({ Bool: { "aws:SecureTransport": "false" } });
    }
  });

  test("survive the stack", () => {
    template.allResources("AWS::S3::Bucket", { DeletionPolicy: "Retain", UpdateReplacePolicy: "Retain" });
  });

  test("pass news on to the portal as it reads them, and keep what it did not take", () => {
    const [rule] = resourcesOf("AWS::Events::Rule");
    const [target] = rule.Targets;
    expect(target.InputTransformer.InputTemplate).toBe('{"detail-type":<detail-type>,"detail":<detail>}');
    expect(target.DeadLetterConfig.Arn).toBeDefined();
    template.hasResourceProperties("AWS::Events::ApiDestination", {
      InvocationEndpoint: "https://portal.example.org/api/v1/objects/events",
      HttpMethod: "POST",
    });
  });
});

describe("rights", () => {
  test("allow no wildcard of actions", () => {
    const wide = allowed().flatMap(({ Action }) => list(Action).filter((action) => /^\*|:\*$/.test(action)));
    expect(wide).toEqual([]);
  });

  test("are over everything only where AWS knows nothing narrower, and never to change anything", () => {
    const everywhere = allowed().filter(({ Resource }) => list(Resource).includes("*"));
    const actions = everywhere.flatMap(({ Action }) => list(Action)).sort();
    expect(actions).toEqual(["batch:DescribeJobs", "batch:ListJobs", "ec2:DescribeInstances"]);
  });

  test("give a machine and a job its own folder, and nothing else", () => {
    for (const [service, isJob] of [
      ["ec2.amazonaws.com", false],
      ["ecs-tasks.amazonaws.com", true],
    ] as const) {
      const roles = template.findResources("AWS::IAM::Role", {
        Properties: { AssumeRolePolicyDocument: { Statement: [{ Principal: { Service: service } }] } },
      });
      const id = Object.keys(roles).find((name) => name.startsWith(isJob ? "MachinesJobRole" : "MachinesMachineRole"));
      const [policy, ...others] = resourcesOf("AWS::IAM::Policy").filter(({ Roles }) => Roles[0].Ref === id);
      expect(others).toEqual([]);
      const statements = policy.PolicyDocument.Statement as Statement[];
      expect(statements.map(({ Action }) => Action)).toEqual(["s3:GetObject", "s3:PutObject"]);
      const resources = statements.map(({ Resource }) => JSON.stringify(Resource));
      expect(resources[0]).toContain("/machines/${aws:userid}/in/*");
      expect(resources[1]).toContain("/machines/${aws:userid}/out/*");
    }
  });

  test("start machines from the template only, tagged, with IMDSv2", () => {
    const { Condition } = allowedAs("LaunchTagged");
    expect(Condition?.StringEquals).toEqual({
      "aws:RequestTag/fieldport": "fieldport",
      "ec2:MetadataHttpTokens": "required",
      "ec2:InstanceType": "m7i.large",
    });
    expect(Condition?.ArnEquals).toHaveProperty(["ec2:LaunchTemplate"]);
    expect(allowedAs("LaunchParts").Condition?.ArnEquals).toHaveProperty(["ec2:LaunchTemplate"]);
  });

  test("end own machines and jobs only, and pass on exactly two roles to their services", () => {
    for (const sid of ["EndOwnMachines", "EndOwnJobs"]) {
      expect(allowedAs(sid).Condition).toEqual({ StringEquals: { "aws:ResourceTag/fieldport": "fieldport" } });
    }
    const passing = allowed().filter(({ Action }) => list(Action).includes("iam:PassRole"));
    expect(passing.map(({ Condition }) => Condition?.StringEquals?.["iam:PassedToService"]).sort()).toEqual([
      "ec2.amazonaws.com",
      "emr-serverless.amazonaws.com",
    ]);
  });

  test("start and end jobs of the one application of Spark, whose role writes into its own folder only", () => {
    expect(list(allowedAs("Spark").Action).map((action) => action.split(":")[1])).toEqual([
      ...["StartJobRun", "ListJobRuns", "GetJobRun", "CancelJobRun"],
    ]);
    for (const resource of list(allowedAs("Spark").Resource)) {
      expect(JSON.stringify(resource)).toMatch(/"Fn::GetAtt":\["SparkApplication\w*","Arn"\]/);
    }
    expect(list(allowedAs("TagSparkJobs").Resource)).toHaveLength(1);
    const ending = (sid: string) => list(allowedAs(sid).Resource).map((resource) => JSON.stringify(resource));
    expect(ending("WriteResults")).toEqual([expect.stringContaining('"/spark/*"')]);
    expect(ending("ReadFiles")).toEqual([expect.stringContaining('"/w/*"'), expect.stringContaining('"/spark/*"')]);
    expect(allowedAs("ListFiles").Action).not.toContain("s3:PutObject");
  });

  test("leave rights themselves alone", () => {
    const iam = allowed().flatMap(({ Action }) => list(Action).filter((action) => action.startsWith("iam:")));
    expect([...new Set(iam)]).toEqual(["iam:PassRole"]);
  });
});

describe("machines", () => {
  test("speak IMDSv2 only, end when they switch themselves off, and are encrypted", () => {
    template.hasResourceProperties("AWS::EC2::LaunchTemplate", {
      LaunchTemplateData: {
        InstanceInitiatedShutdownBehavior: "terminate",
        MetadataOptions: { HttpTokens: "required", HttpPutResponseHopLimit: 1, InstanceMetadataTags: "disabled" },
        BlockDeviceMappings: [{ Ebs: { Encrypted: true, DeleteOnTermination: true } }],
        ImageId: Match.stringLikeRegexp("^resolve:ssm:/aws/service/"),
        KeyName: Match.absent(),
        UserData: Match.absent(),
      },
    });
  });

  test("let nobody in", () => {
    const open = [
      ...resourcesOf("AWS::EC2::SecurityGroup").flatMap((group) => group.SecurityGroupIngress ?? []),
      ...resourcesOf("AWS::EC2::SecurityGroupIngress"),
    ];
    expect(open.map(({ FromPort, CidrIp }) => [FromPort, CidrIp])).toEqual([[5432, undefined]]);
  });

  test("of the queue take cheap capacity first and run an app once", () => {
    const [queue] = resourcesOf("AWS::Batch::JobQueue");
    const order = queue.ComputeEnvironmentOrder.map((of: { Order: number }) => of.Order);
    expect(order).toEqual([1, 2]);
    const types = resourcesOf("AWS::Batch::ComputeEnvironment").map(({ ComputeResources }) => ComputeResources.Type);
    expect(types.sort()).toEqual(["FARGATE", "FARGATE_SPOT"]);
    template.hasResourceProperties("AWS::Batch::JobDefinition", {
      RetryStrategy: { Attempts: 1 },
      PropagateTags: true,
    });
  });

  test("of Spark stop by themselves and have a ceiling", () => {
    template.hasResourceProperties("AWS::EMRServerless::Application", {
      AutoStopConfiguration: { Enabled: true },
      MaximumCapacity: { Cpu: "64 vCPU" },
    });
  });
});

describe("the database", () => {
  test("has no public address, speaks TLS only, keeps two weeks and cannot be deleted by accident", () => {
    template.hasResourceProperties("AWS::RDS::DBInstance", {
      PubliclyAccessible: false,
      StorageEncrypted: true,
      BackupRetentionPeriod: 14,
      DeletionProtection: true,
    });
    template.hasResourceProperties("AWS::RDS::DBParameterGroup", { Parameters: { "rds.force_ssl": "1" } });
    template.hasResource("AWS::RDS::DBInstance", { DeletionPolicy: "Snapshot" });
  });

  test("is opened to exactly the ranges that are named", () => {
    const opened = make("databaseCidrs=203.0.113.7/32,198.51.100.0/24").template;
    opened.hasResourceProperties("AWS::RDS::DBInstance", { PubliclyAccessible: true });
    const rules = Object.values(opened.findResources("AWS::EC2::SecurityGroup")).flatMap(
      ({ Properties }) => (Properties.SecurityGroupIngress ?? []) as { CidrIp: string; FromPort: number }[],
    );
    expect(rules.map(({ CidrIp, FromPort }) => `${CidrIp} ${FromPort}`)).toEqual([
      "203.0.113.7/32 5432",
      "198.51.100.0/24 5432",
    ]);
  });
});

describe("warnings", () => {
  test("every alarm reaches a person and says what to do", () => {
    const alarms = resourcesOf("AWS::CloudWatch::Alarm");
    expect(alarms.length).toBeGreaterThanOrEqual(5);
    for (const { AlarmActions, AlarmDescription } of alarms) {
      expect(AlarmActions).toHaveLength(1);
      expect(AlarmDescription.length).toBeGreaterThan(40);
    }
    template.hasResourceProperties("AWS::SNS::Subscription", { Protocol: "email", Endpoint: "operator@example.org" });
  });

  test("costs are announced at half, before the end and ahead of time, for the whole account", () => {
    const [budget] = resourcesOf("AWS::Budgets::Budget");
    expect(budget.Budget.BudgetLimit).toEqual({ Amount: 200, Unit: "USD" });
    expect(budget.Budget.CostFilters).toBeUndefined();
    const steps = budget.NotificationsWithSubscribers.map(
      ({ Notification }: { Notification: Record<string, unknown> }) =>
        `${String(Notification.NotificationType)} ${String(Notification.Threshold)}`,
    );
    expect(steps).toEqual(["ACTUAL 50", "ACTUAL 90", "FORECASTED 100"]);
  });
});

describe("settings", () => {
  test("say which one is wrong and how", () => {
    expect(() => parseSettings(["budgetUsdPerMonth=-1"])).toThrow(/budgetUsdPerMonth/);
    expect(() => parseSettings(["portalUrl=http://portal.example.org"])).toThrow(/portalUrl/);
    expect(() => parseSettings(["databaseCidrs=everyone"])).toThrow(/databaseCidrs.*203\.0\.113\.7/);
    expect(() => parseSettings(["colour=blue"])).toThrow(/colour/);
    expect(() => parseSettings(["budget"])).toThrow(/name=value/);
  });
});
