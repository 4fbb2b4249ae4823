package dev.lifeboat.settings;

/**
 * Everything that can be told both by an environment variable (the constant's name) and by a field
 * of a profile.
 */
enum Setting {
    DATABASE_URL(
            "database_url", ValueKind.SECRET_URL, "postgresql://postgres@localhost:5432/mockupaws"),
    BACKUP_ENCRYPTION_KEY("encryption_key", ValueKind.SECRET, "file:/etc/lifeboat/backup.key"),
    BACKUP_BUCKET("primary.bucket", ValueKind.BUCKET, "mockupaws-backups-prod"),
    BACKUP_WAL_BUCKET("primary.wal_bucket", ValueKind.BUCKET, "mockupaws-wal-archive"),
    BACKUP_REGION("primary.region", ValueKind.TEXT, "us-east-1"),
    BACKUP_ENDPOINT_URL("primary.endpoint_url", ValueKind.URL, "http://127.0.0.1:9000"),
    AWS_PROFILE("primary.aws_profile", ValueKind.TEXT, "prod"),
    BACKUP_SECONDARY_BUCKET("secondary.bucket", ValueKind.BUCKET, "mockupaws-backups-dr"),
    BACKUP_SECONDARY_WAL_BUCKET(
            "secondary.wal_bucket", ValueKind.BUCKET, "mockupaws-wal-archive-dr"),
    BACKUP_SECONDARY_REGION("secondary.region", ValueKind.TEXT, "eu-west-1"),
    BACKUP_SECONDARY_ENDPOINT_URL("secondary.endpoint_url", ValueKind.URL, "http://127.0.0.1:9001"),
    BACKUP_SECONDARY_PROFILE("secondary.aws_profile", ValueKind.TEXT, "dr"),
    BACKUP_PATH_STYLE("path_style", ValueKind.BOOLEAN, "true"),
    BACKUP_PREFIX("prefix", ValueKind.PREFIX, "orders/"),
    BACKUP_RETENTION_DAYS("retention_days", ValueKind.DAYS, "30"),
    BACKUP_PITR_DAYS("pitr_days", ValueKind.DAYS, "7"),
    BACKUP_QUOTA_BYTES("quota_bytes", ValueKind.BYTES, "1099511627776"),
    BACKUP_STORAGE_PRICES("storage_prices", ValueKind.PRICES, "STANDARD=0.021,GLACIER=0.004"),
    BACKUP_SLACK_WEBHOOK(
            "alerts.slack_webhook", ValueKind.SECRET, "file:/etc/lifeboat/slack.webhook"),
    BACKUP_PAGERDUTY_KEY(
            "alerts.pagerduty_key", ValueKind.SECRET, "file:/etc/lifeboat/pagerduty.key"),
    BACKUP_PAGERDUTY_URL("alerts.pagerduty_url", ValueKind.URL, "https://events.eu.pagerduty.com"),
    BACKUP_CONFIG_GIT("config_git", ValueKind.PATH, "/var/lib/lifeboat/configuration"),
    BACKUP_LOG_DIR("log_dir", ValueKind.PATH, "storage/logs"),
    LIFEBOAT_PG_BIN("pg_bin", ValueKind.PATH, "/usr/lib/postgresql/15/bin");

    private final String field;
    private final ValueKind kind;
    private final String example;

    Setting(String field, ValueKind kind, String example) {
        this.field = field;
        this.kind = kind;
        this.example = example;
    }

    /** The field of a profile, its section before a dot: {@code primary.bucket}. */
    String field() {
        return field;
    }

    ValueKind kind() {
        return kind;
    }

    String example() {
        return example;
    }
}
