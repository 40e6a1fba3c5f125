"""What schedulers say about who held cards: Slurm accounting and Kubernetes allocations."""
