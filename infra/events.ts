import { Duration, SecretValue } from "aws-cdk-lib";
import {
  ApiDestination,
  Authorization,
  Connection,
  EventField,
  HttpMethod,
  Rule,
  RuleTargetInput,
} from "aws-cdk-lib/aws-events";
import { ApiDestination as ApiDestinationTarget } from "aws-cdk-lib/aws-events-targets";
import type { IBucket } from "aws-cdk-lib/aws-s3";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";

/** Takes news of dropped files from the bucket to the portal. What cannot be delivered within a day is kept. */
export class Events extends Construct {
  readonly undelivered: Queue;
  readonly rule: Rule;
  /** Its value is the portal's FIELDPORT_EVENT_SECRET. */
  readonly secret: Secret;

  constructor(scope: Construct, id: string, { files, portalUrl }: { files: IBucket; portalUrl: string }) {
    super(scope, id);
    this.secret = new Secret(this, "Secret", {
      description: "FIELDPORT_EVENT_SECRET: shared by EventBridge and the portal",
      generateSecretString: { passwordLength: 48, excludePunctuation: true },
    });
    this.undelivered = new Queue(this, "Undelivered", {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    const connection = new Connection(this, "Connection", {
      // The reference is resolved by CloudFormation; the value is in no template.
      authorization: Authorization.apiKey(
        "Authorization",
        SecretValue.unsafePlainText(`Bearer ${this.secret.secretValue.unsafeUnwrap()}`),
      ),
    });
    const destination = new ApiDestination(this, "Portal", {
      connection,
      endpoint: `${portalUrl.replace(/\/$/, "")}/api/v1/objects/events`,
      httpMethod: HttpMethod.POST,
      rateLimitPerSecond: 50,
    });
    this.rule = new Rule(this, "NewObjects", {
      eventPattern: {
        source: ["aws.s3"],
        detailType: ["Object Created"],
        detail: {
          bucket: { name: [files.bucketName] },
          // Uploads through the portal and its results are known to it.
          object: { key: [{ wildcard: "w/*/drop/*" }, { wildcard: "w/*/app_runner/*" }, { prefix: "app_runner/" }] },
        },
      },
    });
    this.rule.addTarget(
      new ApiDestinationTarget(destination, {
        deadLetterQueue: this.undelivered,
        retryAttempts: 185,
        maxEventAge: Duration.hours(24),
        event: RuleTargetInput.fromObject({
          "detail-type": EventField.detailType,
          detail: EventField.fromPath("$.detail"),
        }),
      }),
    );
  }
}
