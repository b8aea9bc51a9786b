import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { BlockPublicAccess, Bucket, BucketEncryption, HttpMethods, type CfnBucket } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";

/** Where machines and their controller exchange files; nothing there is needed after a run. */
export const MACHINE_PREFIX = "machines/";

/** Requests, tables on their way and logs of jobs of Spark; the portal clears them sooner. */
export const SPARK_PREFIX = "spark/";

const PRIVATE = {
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  encryption: BucketEncryption.S3_MANAGED,
  enforceSSL: true,
  minimumTLSVersion: 1.2,
  versioned: true,
  removalPolicy: RemovalPolicy.RETAIN,
};

/** The bucket of files, which tells EventBridge of each new object, and the one of backups. */
export class Storage extends Construct {
  readonly files: Bucket;
  readonly backups: Bucket;

  constructor(scope: Construct, id: string, { portalUrl }: { portalUrl: string }) {
    super(scope, id);
    this.files = new Bucket(this, "Files", {
      ...PRIVATE,
      cors: [
        {
          allowedOrigins: [new URL(portalUrl).origin],
          allowedMethods: [HttpMethods.GET, HttpMethods.HEAD, HttpMethods.PUT, HttpMethods.POST],
          allowedHeaders: ["*"],
          exposedHeaders: ["ETag", "x-amz-checksum-sha256"],
        },
      ],
      lifecycleRules: [
        // The portal's own sweep aborts them after 7 days.
        { abortIncompleteMultipartUploadAfter: Duration.days(8), noncurrentVersionExpiration: Duration.days(30) },
        { prefix: SPARK_PREFIX, expiration: Duration.days(2), noncurrentVersionExpiration: Duration.days(1) },
        { prefix: MACHINE_PREFIX, expiration: Duration.days(2), noncurrentVersionExpiration: Duration.days(1) },
      ],
    });
    // The property of Bucket for this would put a function into the account to set what one line sets.
    (this.files.node.defaultChild as CfnBucket).notificationConfiguration = {
      eventBridgeConfiguration: { eventBridgeEnabled: true },
    };
    this.backups = new Bucket(this, "Backups", {
      ...PRIVATE,
      lifecycleRules: [{ expiration: Duration.days(90), noncurrentVersionExpiration: Duration.days(90) }],
    });
  }
}
