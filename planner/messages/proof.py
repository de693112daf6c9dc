"""Sentences about certificates: what is proven without an engine, and what rests on an engine's word."""

WORDS = {
    "help_solve_proof": (
        "Also write proof.npz: multipliers by which `verify --proof` proves, without an engine, that no plan is better.",
        "Ghi thêm proof.npz: chứng thư để `verify --proof` kiểm được, không cần công cụ tối ưu, rằng không kế hoạch nào tốt hơn.",
    ),
    "help_verify_proof": (
        "Ask for proof.npz and print what it proves, goal by goal; without this it is checked where there is one.",
        "Đòi hỏi có proof.npz và in ra tệp này chứng minh gì, từng mục tiêu; không có lựa chọn này thì tệp "
        "vẫn được kiểm tra nếu có.",
    ),
    "help_second_engine": (
        "With --proof: let a second engine prove the goals that proof.npz does not.",
        "Dùng cùng --proof: dùng công cụ tối ưu thứ hai kiểm các mục tiêu mà proof.npz chưa chứng minh.",
    ),
    "proof_title": ("No plan is better: what proves it", "Không kế hoạch nào tốt hơn: căn cứ chứng minh"),
    "column_proven_by": ("proven by", "chứng minh bằng"),
    "column_proven_bound": ("no plan surpasses", "không kế hoạch nào vượt quá"),
    "proof_by_multipliers": ("the certificate", "chứng thư"),
    "proof_by_leaves": (
        "the certificate, {leaves:# case|# cases}",
        "chứng thư, chia {leaves:#} trường hợp",
    ),
    "proof_by_second_engine": (
        "the engine's word, and a second engine's",
        "kết quả của công cụ tối ưu, được công cụ thứ hai xác nhận",
    ),
    "proof_by_engine": ("the engine's word alone", "chỉ dựa vào kết quả của công cụ tối ưu"),
    "proof_by_nothing": ("nothing: the search was cut short", "chưa được chứng minh: tìm kiếm bị dừng giữa chừng"),
    "proof_by_contradicted": ("contradicted: there is a better plan", "bị bác bỏ: có kế hoạch tốt hơn"),
    "proof_whole": (
        "Every goal is proven by the certificate, without an engine",
        "Mọi mục tiêu đều được chứng thư chứng minh, không cần công cụ tối ưu",
    ),
    "proof_in_part": (
        "{certified:#} of {goals:# goal|# goals} proven by the certificate, without an engine",
        "Chứng thư chứng minh {certified:#}/{goals:#} mục tiêu, không cần công cụ tối ưu",
    ),
    "no_proof": (
        "the run has no proof.npz; solve again with --proof",
        "kết quả không có proof.npz; hãy lập lại kế hoạch với --proof",
    ),
    "proof_needs_out": (
        "--proof writes a file of the run; say with --out where the run is to be written",
        "--proof ghi một tệp của kết quả; hãy nêu bằng --out nơi ghi kết quả",
    ),
    "second_engine_needs_proof": (
        "--second-engine proves what --proof leaves open; give both",
        "--second-engine chứng minh phần mà --proof còn để ngỏ; hãy dùng cả hai",
    ),
    "no_plan_to_prove": ("there is no plan to prove", "không có kế hoạch nào để chứng minh"),
    "verify_rule_proof": ("proof", "chứng thư"),
    "proof_damaged": ("no certificate", "không phải chứng thư"),
    "proof_sound": ("what follows from the scenario", "điều suy ra được từ phương án"),
    "proof_fault_row": ("names a rule's row that there is not", "nêu một ràng buộc không có"),
    "proof_fault_column": ("divides by a figure that there is not", "chia theo một đại lượng không có"),
    "proof_fault_numbers": ("multipliers that cannot be", "hệ số không hợp lệ"),
    "proof_fault_surpassed": (
        "proves that the plan itself is impossible",
        "chứng minh rằng chính kế hoạch này không thể có",
    ),
    "proof_bound": ("proven: {bound}", "chứng minh được: {bound}"),
    "proof_nothing": ("nothing proven", "không chứng minh được gì"),
    "proof_surpassed": ("a second engine found a better plan", "công cụ tối ưu thứ hai tìm được kế hoạch tốt hơn"),
    "proof_best": ("{value}, the best", "{value}, tốt nhất"),
    "proof_disagrees": (
        "the certificate of this run is not about the plan and the values in it: that the plan is the best cannot be said; planner verify {folder} tells what does not hold",
        "chứng thư của kết quả này không ứng với kế hoạch và các giá trị ghi trong đó: không thể nói kế hoạch là tốt nhất; planner verify {folder} cho biết điểm không khớp",
    ),
    "proof_of_another_plan": ("a certificate of another plan", "chứng thư của kế hoạch khác"),
    "proof_states": ("states: {value}", "ghi: {value}"),
}
