"""What is said of certificates that are about another plan, of what was kept when a long work was cut short."""

WORDS = {
    "proof_disagrees": (
        "the certificate of this run is not about the plan and the values in it: that the plan is the best cannot be said; planner verify {folder} tells what does not hold",
        "chứng thư của kết quả này không ứng với kế hoạch và các giá trị ghi trong đó: không thể nói kế hoạch là tốt nhất; planner verify {folder} cho biết điểm không khớp",
    ),
    "proof_of_another_plan": ("a certificate of another plan", "chứng thư của kế hoạch khác"),
    "sweep_cannot_write": (
        "{folder}: the sweep cannot go on: {reason}; {kept:#} of {total:# scenario is|# scenarios are} kept there, and the same command goes on from them",
        "{folder}: không ghi tiếp được loạt phương án: {reason}; đã lưu tại đó {kept:#}/{total:#} phương án, chạy lại lệnh này sẽ làm tiếp",
    ),
    "proof_states": ("states: {value}", "ghi: {value}"),
}
