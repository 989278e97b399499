"""What auditors and management are given of a run: records drawn, what changed since the last audit, review inputs."""
